import { bothNames } from '../../config/both-names.ts'
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

/** Which API would write forms, and whether the EHR's capability statement or the scopes rule it out. Sends nothing. */
export function dryRunLine(writer: 'fhir' | 'athena_v1', { can, reason }: EhrAbility): CheckLine {
  const api = writer === 'fhir' ? 'DocumentReference create' : "athenahealth's v1 API"
  if (can === 'no')
    return {
      what,
      verdict: 'warning',
      found: `not tested; documents are written with ${api}, but ${reason ?? 'the EHR does not allow it'}`,
      fix: `set ${bothNames('Ehr.Profile')} or ${bothNames('Ehr.Documents.Writer')} to the API of this EHR, or ask its administrator to allow it`,
    }
  return {
    what,
    verdict: 'skipped',
    found: `not tested; documents are written with ${api}; ${can === 'yes' ? 'nothing rules it out' : (reason ?? 'unknown whether it works')}`,
    fix: 'run again with --write-test and an encounter of a test patient',
  }
}

/** Writes the document to the chart like an approved form and reads it back. It is sent once, even if the result is unclear. */
export async function writeTestDocument(
  writer: DocumentWriter,
  ref: EncounterRef,
  document: DocumentToWrite,
  signal: AbortSignal,
): Promise<CheckLine> {
  const expected = expectedOf(document)
  const reconcileLine = async (how: string) =>
    reconciledLine(
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
          fix: sent.error.message,
        }
      }
      case 'created':
        return sent.documentId === undefined
          ? reconcileLine('created, but the EHR gave no id')
          : verifiedLine(
              sent.documentId,
              await writer.verify(ref, sent.documentId, expected, signal),
            )
      case 'failed':
      case 'unanswered':
        return reconcileLine(`sent without a clear answer (${sent.error.code})`)
      default:
        return sent satisfies never
    }
  })
}

/** If the EHR cannot be reached, the result is `cannot_tell`: the document may be in the chart. */
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
        fix: remove,
      }
    case 'not_ours':
      return {
        verdict: 'failed',
        found: `created document ${documentId}; not verified: the document with this id is ${verification.reason}`,
        fix: `look at document ${documentId}, report it to the EHR's support, and ${remove}`,
      }
    case 'cannot_tell':
      return {
        verdict: 'warning',
        found: `created document ${documentId}; not verified: ${verification.reason}`,
        fix: `a write-back that cannot be verified waits for a person's decision: let this client read documents, and ${remove}`,
      }
    default:
      return verification satisfies never
  }
}

function reconciledLine(
  how: string,
  { identifier, title }: DocumentToWrite,
  found: Reconciliation,
): Omit<CheckLine, 'what'> {
  switch (found.outcome) {
    case 'present':
      return {
        verdict: 'ok',
        found: `${how}; verified: found document ${found.documentId} by ${found.evidence}`,
        fix: `delete document ${found.documentId} from the chart`,
      }
    case 'absent':
      return {
        verdict: 'failed',
        found: `${how}; not verified: it is not in the chart`,
        fix: `ask the EHR's support what happened to ${identifier}`,
      }
    case 'cannot_tell':
      return {
        verdict: 'failed',
        found: `${how}; not verified: ${found.reason}`,
        fix: `look in the chart for "${title}" (${identifier}) and delete it; let this client search documents`,
      }
    default:
      return found satisfies never
  }
}
