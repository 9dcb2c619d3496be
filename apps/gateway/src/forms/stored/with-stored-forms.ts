import { type FormContent, nameContains } from '@authscript/prior-auth'
import { FormFillError } from '../form-errors.ts'
import type { FormFiller, FormThreads } from '../form-filler.ts'
import type { OfferedTemplate } from '../map/form-template.ts'
import type { PayerFormVersion } from '../../store/payer-forms.ts'
import type { StoredForms } from './stored-forms.ts'

interface Candidates {
  readonly offered: readonly OfferedTemplate[]
  /** Forms of this payer that would have been candidates. */
  readonly notices: readonly string[]
}

/** A form filler that also has the uploaded forms in use. They come before those of the configuration. */
export function withStoredForms(threads: FormThreads, stored: StoredForms): FormFiller {
  async function candidatesFor(
    content: FormContent,
    kept: PayerFormVersion | null | undefined,
  ): Promise<Candidates> {
    if (kept === null) return { offered: [], notices: [] }
    if (kept !== undefined) {
      // Even if its payers and codes have changed since.
      const { template, payerForm } = await stored.exactly(kept)
      const payers = [content.values['payer.name'] ?? '']
      return { offered: [{ template, payerForm, payers, codes: [] }], notices: [] }
    }
    const payer = content.values['payer.name']
    if (payer === undefined) return { offered: [], notices: [] }
    const forms = (await stored.ofPractice(content.subject.practiceId)).filter(({ payers }) =>
      payers.some((name) => nameContains(name, payer)),
    )
    return {
      offered: forms.flatMap(({ offered }) => offered ?? []),
      notices: forms.flatMap(({ name, fault }) =>
        fault === undefined ? [] : [`the form ${name} was not used: ${fault}`],
      ),
    }
  }

  return {
    async assemble(parts, signal, kept) {
      const uploaded = kept === undefined || kept === null ? [] : [await stored.exactly(kept)]
      return threads.assembleWith(
        uploaded.map((form) => ({ ...form, payers: [], codes: [] })),
        parts,
        signal,
      )
    },
    async fill(content, signal, kept) {
      const { offered, notices } = await candidatesFor(content, kept)
      const form = await threads.fillWith(offered, content, signal)
      return notices.length === 0 ? form : { ...form, notices: [...notices, ...form.notices] }
    },
    async boxesOf(content, kept) {
      try {
        const { offered } = await candidatesFor(content, kept)
        return await threads.boxesWith(offered, content)
      } catch (error) {
        // Its order can be read all the same; only what is typed into it cannot be filled.
        if (error instanceof FormFillError) return { values: {}, purposes: {} }
        throw error
      }
    },
    prepareAttachment: (file, reading) => threads.prepareAttachment(file, reading),
    prepareSignature: (file, reading) => threads.prepareSignature(file, reading),
    mark: (pdf, mark, signal) => threads.mark(pdf, mark, signal),
    stop: () => threads.stop(),
  }
}
