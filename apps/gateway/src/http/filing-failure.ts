import type { FilingFailure } from '@authscript/prior-auth'
import { ehrFailures, type FailureWords } from './ehr-failure.ts'

const reportIt = 'Report it to the operator with the encounter, and file the form by hand.'

/** For each code of docs/errors.md with which a write-back ends: the text for operators is there, this one is for the clinic. */
const words: Readonly<Record<string, FailureWords>> = {
  ...ehrFailures({
    act: 'to file documents for this patient',
    later: (when) => `Wait until ${when}, then ask the operator to redrive it.`,
    corrected: (task) => `Ask the operator to ${task} and to redrive it.`,
  }),
  ehr_not_supported: {
    what: 'The EHR does not accept documents.',
    remedy: 'File the form by hand, and tell the operator.',
  },
  ehr_bad_request: { what: 'The EHR refused the document.', remedy: reportIt },
  ehr_too_large: {
    what: 'The answer of the EHR is larger than we accept.',
    remedy: 'Ask the operator to raise the limit and to redrive it.',
  },
  ehr_wrong_patient: {
    what: 'The encounter belongs to a patient other than the registered one.',
    remedy: 'Do not send the form. Tell the operator.',
  },
  ehr_write_ambiguous: {
    what: 'The EHR gave no clear answer, and the form was not found in the chart.',
    remedy: 'Ask the operator to redrive it: the chart is searched first.',
  },
  ehr_patient_id_unusable: {
    what: "The patient's number is not one that the EHR files documents under.",
    remedy: 'Ask the operator to correct the registration. Nothing was sent.',
  },
  ehr_department_unknown: {
    what: 'The EHR needs a department for a document, and the encounter has none.',
    remedy: 'Ask the operator to set the department and to redrive it. Nothing was sent.',
  },
  write_back_in_flight: {
    what: 'An earlier try may still be on its way.',
    remedy: 'Ask the operator to redrive it: the chart is searched first.',
  },
  write_back_not_sent: {
    what: 'The EHR was too slow, and the form was not sent.',
    remedy: 'Wait until the EHR is faster, then ask the operator to redrive it.',
  },
  write_back_form_changed: {
    what: 'The stored form is not the one that was approved. Nothing was sent.',
    remedy: 'Re-open the order and approve it again, and report it to the operator.',
  },
  write_back_lease_lost: {
    what: 'Another worker took over.',
    remedy: 'Ask the operator to redrive it.',
  },
  worker_crashed: {
    what: 'The gateway stopped while it filed the form.',
    remedy: 'Ask the operator to redrive it: the chart is searched first.',
  },
  unexpected: { what: 'The gateway has a defect.', remedy: reportIt },
}

const undecided: FailureWords = {
  what: 'It may be in the chart: the EHR gave no clear answer.',
  remedy: 'Open the order, look into the chart, and say whether it is there.',
}

const notRecorded: FailureWords = {
  what: 'The form is not in the chart.',
  remedy: 'No reason was recorded: ask the operator to redrive it.',
}

export function toFilingFailure(code: string | null, needsDecision: boolean): FilingFailure {
  // Whatever happened before, the decision is needed first.
  const { what, remedy } = needsDecision ? undecided : wordsOf(code)
  return { code, what, remedy, needsDecision }
}

function wordsOf(code: string | null): FailureWords {
  if (code === null) return notRecorded
  return (
    words[code] ?? {
      what: 'The form is not in the chart.',
      remedy: `Ask the operator what ${code} means.`,
    }
  )
}
