import { randomUUID } from 'node:crypto'
import {
  type FormBox,
  type MappedBox,
  noPayerFormRules,
  type PayerFormChange,
  type PayerFormRules,
} from '@authscript/prior-auth'
import type { Clock } from '../../clock.ts'
import type { PayerFormListRow, PayerFormRow, PayerFormVersion } from '../../store/payer-forms.ts'
import type { AuditDetails } from '../../store/audit-entry.ts'
import type { Store, StoreTransaction } from '../../store/store.ts'
import type { ExaminedForm, ExamineTask, FormExaminer, Unusable } from './examine-task.ts'
import { sampleContent } from './sample-content.ts'
import type { StoredForms } from './stored-forms.ts'
import { rulesOf, type StoredMap, storedMap } from './stored-map.ts'
import { rulesInWords } from './stored-rules.ts'

/** A form as the map editor shows it. */
export interface EditedForm {
  readonly row: PayerFormListRow
  /** Why orders do not get it although it is active. */
  readonly fault: string | undefined
  readonly boxes: readonly FormBox[]
  readonly map: readonly MappedBox[]
  readonly keptAsPrinted: readonly string[]
  readonly rules: PayerFormRules
  /** The rules that come with the gateway, in sentences. */
  readonly shippedRules: readonly string[]
  readonly requiredRoles: readonly string[]
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

export interface TestFilled {
  readonly pdf: Uint8Array
  /** The notices that a reviewer would read beside it. */
  readonly notices: readonly string[]
}

export interface ListedForm {
  readonly row: PayerFormListRow
  readonly fault: string | undefined
}

/** `unusable`: faults in words, each about the form or about one of its boxes. */
export type EditOutcome<Value> =
  | { readonly outcome: 'done'; readonly value: Value }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'stale'; readonly changedBy: string }
  | { readonly outcome: 'unusable'; readonly faults: readonly string[] }

export interface Upload {
  /** Null: for every practice. */
  readonly practiceId: string | null
  readonly fileName: string
  readonly pdf: Uint8Array
}

interface FormEditorOptions {
  readonly store: Pick<Store, 'payerForms' | 'transaction'>
  readonly examiner: FormExaminer
  readonly stored: StoredForms
  readonly clock: Clock
}

const maxFileName = 200
const never = new AbortController().signal

/** What operators do with the forms of payers. Whether they may is decided by the routes. */
export type FormEditor = ReturnType<typeof createFormEditor>

export function createFormEditor({ store, examiner, stored, clock }: FormEditorOptions) {
  const forms = store.payerForms

  const examine = <Task extends ExamineTask>(task: Task, holder: string) =>
    examiner.examine(task, { holder, signal: never })

  async function edited(row: PayerFormRow): Promise<EditedForm> {
    const { pdf, ...rest } = row
    return asEdited(rest, await examine({ examine: 'edit', pdf, map: row.map }, row.form_id))
  }

  async function asEdited(
    row: PayerFormListRow,
    examined: ExaminedForm | Unusable,
  ): Promise<EditedForm> {
    const kept = storedMap.safeParse(row.map)
    const map = kept.success
      ? kept.data
      : { form: row.name, fields: [], arrivesFilled: [], rules: noPayerFormRules }
    const shipped = await rulesOf(map.form)
    const faults = [...examined.faults]
    if (row.payers.length === 0) faults.push('no payer is named whose orders get this form')
    return {
      row,
      fault: stored.faultOf(row.form_id),
      boxes: 'boxes' in examined ? examined.boxes : [],
      map: map.fields,
      keptAsPrinted: map.arrivesFilled,
      rules: map.rules,
      shippedRules: rulesInWords(shipped),
      requiredRoles: shipped.essential,
      faults: [...new Set(faults)],
      warnings: examined.warnings,
    }
  }

  async function detail(
    practiceIds: readonly string[],
    formId: string,
  ): Promise<EditOutcome<EditedForm>> {
    const row = await forms.find(practiceIds, formId)
    return row === undefined ? unknown : done(await edited(row))
  }

  /** Does it if the form still has the version that the operator saw. */
  async function changeSeen(
    practiceIds: readonly string[],
    seen: PayerFormVersion,
    change: (row: PayerFormRow) => Promise<PayerFormListRow | undefined>,
  ): Promise<EditOutcome<EditedForm>> {
    const row = await forms.find(practiceIds, seen.formId)
    if (row === undefined) return unknown
    if (row.version !== seen.version || (await change(row)) === undefined) {
      const now = await forms.find(practiceIds, seen.formId)
      return { outcome: 'stale', changedBy: now?.changed_by ?? row.changed_by }
    }
    return detail(practiceIds, seen.formId)
  }

  return {
    async list(practiceIds: readonly string[]): Promise<readonly ListedForm[]> {
      const rows = await forms.list(practiceIds)
      return rows.map((row) => ({ row, fault: stored.faultOf(row.form_id) }))
    },

    detail,

    async add(upload: Upload, by: string): Promise<EditOutcome<EditedForm>> {
      const { pdf, practiceId } = upload
      const fileName = upload.fileName.slice(0, maxFileName)
      const name = plainNameOf(fileName)
      const found = await examine({ examine: 'upload', pdf, name }, by)
      if (!('map' in found)) return { outcome: 'unusable', faults: found.faults }
      const { map } = found
      const formId = randomUUID()
      const form = { formId, practiceId, fileName, name, pdf, map, payers: [], codes: [] }
      const row = await store.transaction('FormEditor', async (transaction) => {
        transaction.acted(formDetails('form_uploaded', formId, practiceId))
        return transaction.payerForms.add(form, by, clock.now())
      })
      return done(await asEdited(row, found))
    },

    async blank(practiceIds: readonly string[], formId: string): Promise<Uint8Array | undefined> {
      return (await forms.find(practiceIds, formId))?.pdf
    },

    /** Saves also what is not complete yet; the faults are in the answer. */
    change(
      practiceIds: readonly string[],
      seen: PayerFormVersion,
      change: PayerFormChange,
      by: string,
    ): Promise<EditOutcome<EditedForm>> {
      const { name, payers, codes } = change
      return changeSeen(practiceIds, seen, (row) => {
        const content = { name, payers, codes, map: mapOf(change, row) }
        return recorded('form_changed', ({ payerForms }) =>
          payerForms.change(seen, content, by, clock.now()),
        )
      })
    },

    /** The form with the sample patient, as the change would fill it. Nothing is saved. */
    async testFill(
      practiceIds: readonly string[],
      formId: string,
      change: PayerFormChange,
    ): Promise<EditOutcome<TestFilled>> {
      const row = await forms.find(practiceIds, formId)
      if (row === undefined) return unknown
      const map = mapOf(change, row)
      const answer = await examine(
        { examine: 'test fill', pdf: row.pdf, map, content: sampleContent },
        formId,
      )
      return 'filled' in answer
        ? done({ pdf: answer.filled, notices: answer.notices })
        : { outcome: 'unusable', faults: answer.faults }
    },

    /** Only a draft that was never in use: orders may have been filled on any other. */
    async remove(
      practiceIds: readonly string[],
      seen: PayerFormVersion,
    ): Promise<EditOutcome<undefined> | { readonly outcome: 'was used' }> {
      const row = await forms.find(practiceIds, seen.formId)
      if (row === undefined) return unknown
      if (row.state !== 'draft') return { outcome: 'was used' }
      const isRemoved = await store.transaction('FormEditor', async (transaction) => {
        const isGone = await transaction.payerForms.removeDraft(seen)
        if (isGone) transaction.acted(formDetails('form_deleted', row.form_id, row.practice_id))
        return isGone
      })
      if (isRemoved) return done(undefined)
      const now = await forms.find(practiceIds, seen.formId)
      return now === undefined ? unknown : { outcome: 'stale', changedBy: now.changed_by }
    },

    async activate(
      practiceIds: readonly string[],
      seen: PayerFormVersion,
      by: string,
    ): Promise<EditOutcome<EditedForm>> {
      const before = await detail(practiceIds, seen.formId)
      if (before.outcome !== 'done') return before
      const { faults, row } = before.value
      if (row.version === seen.version && faults.length > 0) return { outcome: 'unusable', faults }
      return inUse(practiceIds, seen, () =>
        recorded('form_activated', ({ payerForms }) => payerForms.activate(seen, by, clock.now())),
      )
    },

    retire(
      practiceIds: readonly string[],
      seen: PayerFormVersion,
      by: string,
    ): Promise<EditOutcome<EditedForm>> {
      return inUse(practiceIds, seen, () =>
        recorded('form_retired', ({ payerForms }) => payerForms.retire(seen, by, clock.now())),
      )
    },
  }

  /** The change, with its row in the audit trail if it was made. */
  function recorded(
    what: string,
    change: (transaction: StoreTransaction) => Promise<PayerFormListRow | undefined>,
  ): Promise<PayerFormListRow | undefined> {
    return store.transaction('FormEditor', async (transaction) => {
      const row = await change(transaction)
      if (row !== undefined) transaction.acted(formDetails(what, row.form_id, row.practice_id))
      return row
    })
  }

  /** As `changeSeen`; when it returns, this node already uses the result. */
  function inUse(
    practiceIds: readonly string[],
    seen: PayerFormVersion,
    change: () => Promise<PayerFormListRow | undefined>,
  ): Promise<EditOutcome<EditedForm>> {
    return changeSeen(practiceIds, seen, async () => {
      const row = await change()
      await stored.reload()
      return row
    })
  }
}

/** A form for every practice concerns all of them. */
function formDetails(what: string, formId: string, practiceId: string | null): AuditDetails {
  return { detail: `${what} ${formId}`, practiceIds: practiceId === null ? [] : [practiceId] }
}

const unknown = { outcome: 'unknown' } as const
const done = <Value>(value: Value) => ({ outcome: 'done', value }) as const

function mapOf(
  { name, boxes, keptAsPrinted, rules }: PayerFormChange,
  { map }: Pick<PayerFormRow, 'map'>,
): StoredMap {
  const kept = storedMap.safeParse(map)
  return {
    form: name,
    fields: [...boxes],
    arrivesFilled: [...keptAsPrinted],
    rules: rules ?? (kept.success ? kept.data.rules : noPayerFormRules),
  }
}

/** The name of a file as a form's name: plain letters, 80 characters at most. */
function plainNameOf(fileName: string): string {
  const plain = fileName
    .replace(/\.pdf$/i, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w .-]+/g, ' ')
    .trim()
    .slice(0, 80)
    .trim()
  return plain === '' ? 'form' : plain
}
