import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** Present, in wording that looks like a denial or answers a question. */
export const affirmedRows: readonly CueRow[] = [
  {
    id: 'double_denial',
    category: 'affirmed',
    direction: 'before',
    cues: cueList(`
      does not deny | doesnt deny | did not deny | didnt deny | not denying | cannot deny | has not denied |
      not without | never without | not free of | not free from | does not lack
    `),
    holds: 'She does not deny «chills» at night.',
    fails: 'She denies «chills» at night.',
  },
  {
    id: 'sign_before',
    category: 'affirmed',
    direction: 'before',
    cues: cueList(`
      ‹+› | (+) | + | ++ | pos | positive for | is positive for | pertinent positives | pos for
    `),
    answers: 'never',
    holds: 'Denies fever, +«nausea».',
    fails: 'Neg «nausea».',
  },
  {
    id: 'plus_behind',
    category: 'affirmed',
    direction: 'after',
    cues: ['›+'],
    scope: { reach: 1, ends: ['finding'] },
    holds: 'Denies fever, «headache»+',
    fails: 'Headache+, «nausea»-',
  },
  {
    id: 'answer_yes',
    category: 'affirmed',
    direction: 'after',
    cues: cueList(`
      yes | : yes | - yes | present | : present | (+) | + | positive | : positive | pos | : pos |
      is present | are present
    `),
    answers: 'only',
    holds: 'No chills, «fever» present.',
    fails: 'No chills, «fever» not present.',
  },
]

/** Words that look like an affirmation but state a time. */
export const pseudoAffirmedRows: readonly CueRow[] = [
  {
    id: 'at_present',
    category: 'pseudo',
    direction: 'before',
    cues: ['at present', 'presently', 'the present', 'present illness'],
    against: ['affirmed'],
    holds: '«Fever» at present.',
    fails: 'No «fever» at present.',
  },
]
