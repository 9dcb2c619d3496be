import type { FormFiller } from '../forms/form-filler.ts'
import type { Clock } from '../clock.ts'
import type { Signer } from '../store/signatures.ts'
import type { Store } from '../store/store.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  refused,
  type Refused,
  tryForm,
} from './change-outcome.ts'

interface SignatureDependencies {
  readonly store: Store
  readonly forms: Pick<FormFiller, 'prepareSignature'>
  readonly clock: Clock
}

/** Stores a person's own picture of their signature, in place of the previous one. */
export async function keepSignature(
  signer: Signer,
  file: Uint8Array,
  { store, forms, clock }: SignatureDependencies,
): Promise<Exclude<ChangeOutcome, { outcome: 'unknown' | 'stale' }> | Refused> {
  const prepared = await tryForm((signal) =>
    forms.prepareSignature(file, { holder: signer.label, signal }),
  )
  if (isRefused(prepared)) return prepared
  if ('unusable' in prepared) return refused('attachment_unusable', prepared.unusable)
  await store.transaction('Review', async (transaction) => {
    await transaction.signatures.put(signer, prepared, clock.now())
    transaction.acted({ detail: 'signature_stored', practiceIds: signer.practiceIds })
  })
  return done
}
