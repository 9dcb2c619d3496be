import { ehrFailures, type FailureWords } from './ehr-failure.ts'

const later = (when: string): string => `Wait until ${when}, then press Reprocess.`
const operator = (task: string): string => `Ask the operator to ${task}, then press Reprocess.`
const reportIt = 'Report it to the operator, and write the request by hand.'

/** For each code of docs/errors.md with which an encounter fails: the text for operators is there, this one is for the clinic. */
const words: Readonly<Record<string, FailureWords>> = {
  ...ehrFailures({ act: 'to read this chart', later, corrected: operator }),
  ehr_not_supported: {
    what: 'The EHR does not support what we ask for.',
    remedy: operator('check the profile of the EHR'),
  },
  ehr_bad_request: { what: 'The EHR refused our request.', remedy: reportIt },
  ehr_too_large: {
    what: 'The chart is larger than we accept.',
    remedy: operator('raise the limit'),
  },
  ehr_wrong_patient: {
    what: 'The encounter belongs to a patient other than the registered one. Nothing was read.',
    remedy: 'Register it for the right patient.',
  },
  encounter_not_signed: {
    what: 'The encounter was re-opened before it was read.',
    remedy: 'It is read when it is signed again.',
  },
  draft_outdated: {
    what: 'Somebody changed an answer or the form meanwhile.',
    remedy: 'Press Reprocess.',
  },
  intelligence_unavailable: {
    what: 'The analysis was not available.',
    remedy: later('it works again'),
  },
  intelligence_refused: {
    what: 'The analysis did not accept the chart.',
    remedy: operator('check the analysis'),
  },
  judgement_limit: {
    what: 'The analysis of an order took too long.',
    remedy: 'Press Reprocess when the gateway is less busy, or write the request by hand.',
  },
  judgement_failed: { what: 'The analysis of an order failed.', remedy: reportIt },
  language_model_failed: {
    what: 'The language model gave no usable answer.',
    remedy: 'Press Reprocess.',
  },
  unknown_order: { what: 'An order is missing in the chart that was read.', remedy: reportIt },
  form_fill_failed: {
    what: 'The form could not be filled.',
    remedy: 'Press Reprocess once. If it fails again, fill the form by hand and tell the operator.',
  },
  form_read_back_mismatch: {
    what: 'The finished form did not match the chart, and was discarded.',
    remedy: 'Fill the form by hand, and tell the operator.',
  },
  lease_lost: { what: 'Another worker took over.', remedy: 'Press Reprocess.' },
  worker_crashed: {
    what: 'The gateway stopped twice while it read this encounter.',
    remedy: operator('read the log'),
  },
  job_unreadable: {
    what: 'A newer release of the gateway must read this encounter.',
    remedy: 'Ask the operator to start it.',
  },
  isolated_start_failed: {
    what: 'The gateway had no memory left for this encounter.',
    remedy: operator('check the memory'),
  },
  unexpected: { what: 'The gateway has a defect.', remedy: reportIt },
}

/** Why an encounter could not be read, or the last try of it; null when nothing failed. */
export function toEncounterFailure(code: string | null): FailureWords | null {
  if (code === null) return null
  return (
    words[code] ?? {
      what: 'The encounter could not be read.',
      remedy: `Ask the operator what ${code} means.`,
    }
  )
}
