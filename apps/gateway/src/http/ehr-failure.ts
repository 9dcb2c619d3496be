/** What happened, and who can do what about it: a sentence each, for the people of the clinic. */
export interface FailureWords {
  readonly what: string
  readonly remedy: string
}

/** What differs between reading a chart and filing a form. */
interface Way {
  /** What is refused: "to read this chart". */
  readonly act: string
  /** How it is tried again once something has happened: "Wait until … , then press Reprocess." */
  later(when: string): string
  /** What an operator corrects first: "Ask the operator to …". */
  corrected(task: string): string
}

/** The failures of the EHR that both share, by their codes of docs/errors.md, which has the text for operators. */
export function ehrFailures({ act, later, corrected }: Way) {
  return {
    ehr_unreachable: {
      what: 'The EHR could not be reached.',
      remedy: later('the EHR works again'),
    },
    ehr_timeout: {
      what: 'The EHR did not answer in time.',
      remedy: later('the EHR is faster'),
    },
    ehr_rate_limited: {
      what: 'The EHR limits how often we may ask it.',
      remedy: later('an hour has passed'),
    },
    ehr_quota_exhausted: {
      what: "The EHR's quota for today is used up.",
      remedy: later('tomorrow'),
    },
    ehr_unavailable: {
      what: 'The EHR was not available.',
      remedy: later('the EHR works again'),
    },
    ehr_malformed: {
      what: 'The EHR gave an answer that cannot be read.',
      remedy: corrected('check the connection to the EHR'),
    },
    ehr_unauthorized: {
      what: 'The EHR does not accept our credentials.',
      remedy: corrected('renew the credentials'),
    },
    ehr_token_endpoint: {
      what: 'Signing in to the EHR is not set up correctly.',
      remedy: corrected('correct the configuration'),
    },
    ehr_forbidden: {
      what: `The EHR does not allow us ${act}.`,
      remedy: corrected('check the permissions in the EHR'),
    },
    ehr_not_found: {
      what: 'The EHR does not find the encounter or its patient.',
      remedy: 'Check in the EHR whether they were merged or deleted, and tell the operator.',
    },
    ehr_redirected: {
      what: 'The EHR has moved to another address.',
      remedy: corrected("correct the EHR's address"),
    },
  } as const satisfies Readonly<Record<string, FailureWords>>
}
