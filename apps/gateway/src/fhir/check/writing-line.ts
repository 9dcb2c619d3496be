import type { EncounterRef } from '@authscript/prior-auth'
import { GatewayError } from '../../errors.ts'
import type { EhrAbility } from '../abilities/ehr-abilities.ts'
import type {
  DocumentToWrite,
  DocumentWriter,
  ReconcileRequest,
  Reconciliation,
  Verification,
} from '../documents/document-writer.ts'
import { expectedOf } from '../documents/expected-document.ts'
import { attempt, type CheckLine } from './check-line.ts'

const what = 'writing'

/** By which way forms would be written, and whether the EHR's own words or the scopes speak against it. Nothing is sent. */
export function dryWritingLine(
  writer: 'fhir' | 'athena_v1',
  { can, reason }: EhrAbility,
): CheckLine {
  const way = writer === 'fhir' ? 'DocumentReference create' : "athenahealth's v1 API"
  if (can === 'no')
    return {
      what,
      verdict: 'warning',
      found: `not tried; documents go by ${way}, but ${reason ?? 'the EHR does not allow it'}`,
      mend: "set Ehr__Profile or Ehr__Documents__Writer to this EHR's way, or ask its administrator to allow it",
    }
  return {
    what,
    verdict: 'skipped',
    found: `not tried; documents go by ${way}; ${can === 'yes' ? 'nothing speaks against it' : (reason ?? 'not known whether it works')}`,
    mend: 'run again with --write-test and an encounter of a test patient',
  }
}

/** Writes the document to the chart as an approved form would be, and reads it back. It is sent once, whatever comes of it. */
export async function tryWriting(
  writer: DocumentWriter,
  ref: EncounterRef,
  document: DocumentToWrite,
  signal: AbortSignal,
): Promise<CheckLine> {
  const expected = expectedOf(document)
  const lookFor = async (how: string) =>
    lookedForLine(
      how,
      document,
      await reconcile(writer, ref, { expected, sentSince: document.createdAt }, signal),
    )
  return attempt(what, async () => {
    const sent = await writer.send(ref, document, signal)
    switch (sent.outcome) {
      case 'refused': {
        if (!(sent.error instanceof GatewayError)) throw sent.error
        return {
          verdict: 'failed',
          found: `refused by ${writer.destination}: ${sent.error.code}`,
          mend: sent.error.message,
        }
      }
      case 'created':
        return sent.documentId === undefined
          ? lookFor('created, but the EHR gave no id')
          : verifiedLine(
              sent.documentId,
              await writer.verify(ref, sent.documentId, expected, signal),
            )
      case 'failed':
      case 'unanswered':
        return lookFor(`sent without a clear answer (${sent.error.code})`)
      default:
        return sent satisfies never
    }
  })
}

/** An EHR that cannot be asked leaves it open, too: a document may be in the chart. */
async function reconcile(
  writer: DocumentWriter,
  ref: EncounterRef,
  request: ReconcileRequest,
  signal: AbortSignal,
): Promise<Reconciliation> {
  try {
    return await writer.reconcile(ref, request, signal)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { outcome: 'cannot_tell', reason: `the EHR could not be asked (${error.code})` }
  }
}

function verifiedLine(documentId: string, verification: Verification): Omit<CheckLine, 'what'> {
  const remove = `delete document ${documentId} from the chart`
  switch (verification.verdict) {
    case 'ours':
      return {
        verdict: 'ok',
        found: `created document ${documentId}; verified by ${verification.evidence}`,
        mend: remove,
      }
    case 'not_ours':
      return {
        verdict: 'failed',
        found: `created document ${documentId}; not verified: what is read under this id is ${verification.reason}`,
        mend: `look at document ${documentId}, tell the EHR's support, and ${remove}`,
      }
    case 'cannot_tell':
      return {
        verdict: 'warning',
        found: `created document ${documentId}; not verified: ${verification.reason}`,
        mend: `a write-back that cannot be verified waits for a person: let this client read documents, and ${remove}`,
      }
    default:
      return verification satisfies never
  }
}

function lookedForLine(
  how: string,
  { identifier, title }: DocumentToWrite,
  found: Reconciliation,
): Omit<CheckLine, 'what'> {
  switch (found.outcome) {
    case 'present':
      return {
        verdict: 'ok',
        found: `${how}; verified: found document ${found.documentId} by ${found.evidence}`,
        mend: `delete document ${found.documentId} from the chart`,
      }
    case 'absent':
      return {
        verdict: 'failed',
        found: `${how}; not verified: it is not in the chart`,
        mend: `ask the EHR's support what became of ${identifier}`,
      }
    case 'cannot_tell':
      return {
        verdict: 'failed',
        found: `${how}; not verified: ${found.reason}`,
        mend: `look in the chart for "${title}" (${identifier}) and delete it; let this client search documents`,
      }
    default:
      return found satisfies never
  }
}
