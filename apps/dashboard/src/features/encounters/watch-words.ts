import type { RegistrationView } from '@authscript/prior-auth'

export type WatchTone = 'good' | 'warn' | 'bad' | 'quiet'

/** The state of a watched encounter, and why it is not read, in words. */
export interface WatchWords {
  readonly state: string
  readonly tone: WatchTone
  /** Undefined where the state says it all. */
  readonly why: string | undefined
}

/** What to do about the codes of docs/errors.md that appear here. */
const reasons: Readonly<Record<string, string>> = {
  encounter_unknown:
    'The EHR does not know this encounter for this patient. Check both ids, then register it again.',
  encounter_never_signed:
    'It was not signed for so long that the gateway stopped watching it. Register it again if it will still be signed.',
  ehr_not_found: 'The EHR does not know this encounter. Check the ids, then register it again.',
  ehr_bad_request: 'The EHR does not accept these ids. Check them, then register it again.',
  ehr_forbidden: 'The EHR does not let the gateway read this encounter.',
  ehr_wrong_patient:
    'In the EHR this encounter belongs to another patient. Nothing was read; register it for the right patient.',
  ehr_unauthorized: 'The EHR refuses the gateway’s sign-in. An operator must correct it.',
  ehr_unreachable: 'The EHR could not be reached. The gateway asks again.',
  ehr_timeout: 'The EHR did not answer in time. The gateway asks again.',
  ehr_rate_limited: 'The EHR asks the gateway to wait. It asks again later.',
  ehr_quota_exhausted: 'Today’s requests to the EHR are used up. The gateway asks again tomorrow.',
  ehr_unavailable: 'The EHR is not available. The gateway asks again.',
  poll_failed: 'A request to the EHR failed. The gateway asks again.',
  circuit_open: 'The EHR failed several times. The gateway asks again in a moment.',
  ehr_malformed: 'The EHR’s answer could not be read. The gateway asks again.',
}

export function watchWords(encounter: RegistrationView): WatchWords {
  const { watch, processing, failure, encounterStatus, lastPolledAt } = encounter
  const code = encounter.endCode ?? encounter.lastErrorCode
  const why = code === null ? undefined : (reasons[code] ?? `The EHR’s answer: ${code}.`)
  switch (processing) {
    case 'queued':
    case 'running':
      return {
        state: 'Signed, being read',
        tone: 'good',
        why: failure === null ? undefined : 'The last attempt failed and will be repeated.',
      }
    case 'failed':
      return {
        state: 'Signed, could not be read',
        tone: 'bad',
        why:
          failure === null
            ? 'The reason is not known. Reprocess it from the work queue, or ask an operator.'
            : `${failure.what} ${failure.remedy}`,
      }
    case 'processed':
      if (watch === 'signed') return { state: 'Signed and read', tone: 'good', why }
      break
    case null:
      break
    default:
      return processing satisfies never
  }
  if (watch === 'ended')
    return {
      state: processing === 'processed' ? 'Read; no longer watched' : 'No longer watched',
      tone: encounter.endCode === null ? 'quiet' : 'bad',
      why: encounter.endedBy === null ? why : `${encounter.endedBy} ended the watch.`,
    }
  if (lastPolledAt === null)
    return {
      state: 'Not checked yet',
      tone: 'quiet',
      why: 'The gateway will ask the EHR in a moment.',
    }
  if (encounter.refusedSince !== null || (code !== null && encounterStatus === null))
    return { state: 'Not found in the EHR', tone: 'warn', why }
  return {
    state: processing === 'processed' ? 'Re-opened, not signed again' : 'Not signed yet',
    tone: code === null ? 'quiet' : 'warn',
    why: why ?? statusWords(encounterStatus),
  }
}

/** FHIR's words for an encounter. It is read when it is finished: signed. */
function statusWords(status: string | null): string | undefined {
  switch (status) {
    case 'planned':
      return 'It is planned. It is read when it is signed.'
    case 'arrived':
    case 'triaged':
    case 'in-progress':
    case 'onleave':
      return 'It is under way. It is read when it is signed.'
    case 'cancelled':
    case 'entered-in-error':
      return 'It is cancelled in the EHR. It is read only if it is signed after all.'
    default:
      return status === null ? undefined : 'It is read when it is signed.'
  }
}
