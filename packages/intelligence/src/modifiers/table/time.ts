import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** In the past. */
export const timeRows: readonly CueRow[] = [
  {
    id: 'history_before',
    category: 'past',
    direction: 'before',
    cues: cueList(`
      history of | h/o | hx of | hx | past history of | prior history of | remote history of |
      history significant for | history notable for | past medical history of | pmh of | pmhx of | prior |
      previous | previously | former | formerly | remote | past | old | childhood | had | used to have |
      in the past | previous episode of | prior episode of | personal history of | known history of |
      past hx of | years ago | status post | s/p | {cleared/resolved/recovered/healed} {after/with/on/following} {/a course of/oral/iv}
    `),
    answers: 'never',
    scope: { reach: 8, ends: ['stop', 'contrast', 'statement', 'bracket', 'finding'] },
    holds: 'History of «discitis» as an adult.',
    fails: 'History of present illness: «discitis» today.',
  },
  {
    id: 'history_after',
    category: 'past',
    direction: 'after',
    cues: cueList(`
      years ago | year ago | decades ago | in the past | as a child | as a kid | as a teenager |
      in childhood | in infancy | in college | in high school | when young | in his twenties |
      in her twenties | by history | at birth | months ago | historically | in remote past | when a child |
      before the operation
    `),
    holds: 'He had «discitis» three years ago.',
    fails: '«Low back pain» began, unlike the neck pain, today.',
  },
  {
    id: 'resolved_before',
    category: 'resolved',
    direction: 'before',
    cues: cueList(`
      resolved | no longer | no longer has | no longer having | no longer any | resolution of |
      recovered from | recovery from | has recovered from | healed | relieved of | free of | cured of |
      full recovery from | complete recovery from | complete resolution of | no further | no more |
      no recurrence of | cessation of | has outgrown | got over
    `),
    holds: 'Recovered from «foot drop» last fall.',
    fails: 'No resolution of the «foot drop».',
  },
  {
    id: 'resolved_after',
    category: 'resolved',
    direction: 'after',
    cues: cueList(`
      resolved | has resolved | have resolved | is resolved | had resolved | since resolved | now resolved |
      fully resolved | completely resolved | is gone | are gone | has gone | have gone | had gone |
      now gone | has gone away | have gone away | went away | gone away | has cleared | cleared up |
      has disappeared | disappeared | has subsided | subsided | has abated | has ceased | ceased |
      has stopped | has healed | healed | is healed | have healed | fully healed | has recovered |
      recovered | fully recovered | full recovery | complete recovery | back to full strength |
      back to normal | back to baseline | back to full | returned to normal | returned to baseline |
      returned to full | is normal again | now normal | no longer | no longer present |
      no longer a problem | not any more | not anymore | is no longer | are no longer | is better and gone |
      has passed | now full | strength is now full | strength now full | now full strength |
      has completely cleared | in remission | is cured | cured | did not recur | has not recurred |
      without recurrence | no recurrence | completely relieved | has lifted | eradicated | is eradicated |
      was eradicated | has been eradicated | been cleared | has been cleared | was cleared | treated and cleared |
      treated and resolved | treated and gone | fully treated |
      cleared {after/with/on/completely/fully/by/within} | {fully/completely/entirely/since/now} cleared | have cleared | has fully cleared | has completely cleared
    `),
    holds: 'Her «foot drop» has gone.',
    fails: 'Her «foot drop» has not resolved.',
  },
  {
    id: 'not_before',
    category: 'past',
    direction: 'after',
    cues: ['before', 'previously', 'prior to now', 'before that time'],
    answers: 'only',
    scope: { reach: 1, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: 'New headache, no «headache» before.',
    fails: 'No «headache» before breakfast.',
  },
  {
    id: 'until_then',
    category: 'past',
    direction: 'after',
    cues: cueList(`
      until | before this | before that | prior to this | prior to that | before then | until then |
      up to then | before now
    `),
    scope: { reach: 6, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: 'Never had a «headache» until four weeks ago.',
    fails: 'Never had a «headache».',
  },
]

export const pseudoTimeRows: readonly CueRow[] = [
  {
    id: 'not_history',
    category: 'pseudo',
    direction: 'before',
    cues: cueList(`
      history of present illness | history of the present illness | medication history | year old |
      years old | year - old | years - old | y/o | yr old | yo | month old | months old | day old |
      had been well | prior to | previous visit | prior visit | past week | past month | past few |
      past two | past three | past several | past year | over the past | for the past | in the past week |
      in the past month | in the past year | prior authorization | prior auth | had to | has had |
      have had | has had the | not resolved | has not resolved | have not resolved | not resolve |
      did not resolve | hasnt resolved | incompletely resolved | partially resolved | partly resolved |
      never resolved | not fully resolved | not fully recovered | not completely resolved | not recovered |
      has not recovered | not healed | not returned to normal | not gone | has not gone | not gone away |
      not back to normal | not back to baseline | until resolved | not yet resolved | non - healed |
      no longer than | no longer tolerate | no longer tolerates | no longer able | no longer able to |
      no longer can | can no longer | not subsided | has not subsided | not cleared | unresolved |
      over the past several | since {/the/her/his/your} {prior/previous/past} |
      compared with prior | compared to prior
    `),
    holds: 'The 54 year old has «low back pain».',
    fails: 'Twenty years ago: «low back pain».',
  },
]
