import type { CueCategory, Scope } from './cue.ts'

interface Scopes {
  readonly before: Scope
  readonly after: Scope
}

const denial: Scopes = {
  before: {
    reach: 40,
    ends: ['stop', 'statement', 'bracket', 'contrast', 'affirmer', 'reason'],
  },
  after: {
    reach: 8,
    ends: ['stop', 'comma', 'bracket', 'contrast', 'finding', 'colon', 'affirmer'],
  },
}

const doubt: Scopes = {
  before: { reach: 20, ends: ['stop', 'statement', 'contrast', 'affirmer'] },
  after: { reach: 8, ends: ['stop', 'comma', 'contrast'] },
}

const wholeStatement: Scopes = {
  before: { reach: 80, ends: [] },
  after: { reach: 80, ends: [] },
}

const act: Scopes = {
  before: { reach: 14, ends: ['stop', 'contrast'] },
  after: { reach: 10, ends: ['stop', 'contrast'] },
}

const degree: Scopes = {
  before: { reach: 4, ends: ['stop', 'comma', 'contrast', 'finding', 'bracket'] },
  after: { reach: 6, ends: ['stop', 'contrast', 'finding'] },
}

/** The reach of each category and the barriers that end it. A row may override them. */
export const scopes: Readonly<Record<CueCategory, Scopes>> = {
  affirmed: {
    before: { reach: 20, ends: ['stop', 'statement', 'contrast'] },
    after: { reach: 6, ends: ['stop', 'comma', 'contrast', 'finding'] },
  },
  denied: denial,
  possible: doubt,
  hypothetical: {
    before: { reach: 80, ends: ['contrast'] },
    after: { reach: 12, ends: ['stop', 'contrast'] },
  },
  unsettled: {
    before: { reach: 12, ends: ['stop', 'contrast'] },
    after: { reach: 8, ends: ['stop', 'comma', 'contrast', 'finding'] },
  },
  inquired: {
    before: { reach: 24, ends: ['stop', 'contrast'] },
    after: { reach: 14, ends: ['stop', 'contrast'] },
  },
  paper: {
    before: { reach: 6, ends: ['stop', 'comma', 'contrast'] },
    after: { reach: 6, ends: ['stop', 'comma', 'contrast'] },
  },
  withdrawn: wholeStatement,
  other: {
    before: { reach: 40, ends: ['stop', 'contrast', 'patient'] },
    after: { reach: 6, ends: ['stop', 'comma', 'contrast'] },
  },
  past: {
    before: { reach: 12, ends: ['stop', 'contrast', 'statement', 'bracket'] },
    after: { reach: 8, ends: ['stop', 'comma', 'contrast', 'finding'] },
  },
  resolved: {
    before: { reach: 8, ends: ['stop', 'comma', 'contrast'] },
    after: { reach: 14, ends: ['stop', 'contrast', 'finding'] },
  },
  done: act,
  planned: act,
  goal: { before: { reach: 60, ends: ['contrast'] }, after: { reach: 0, ends: ['stop'] } },
  not_done: { before: { reach: 12, ends: ['stop'] }, after: { reach: 14, ends: ['stop'] } },
  new: degree,
  worse: degree,
  stable: degree,
  better: degree,
  mild: degree,
  moderate: degree,
  severe: degree,
  pseudo: { before: { reach: 0, ends: [] }, after: { reach: 0, ends: [] } },
}
