import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** Severity and change. */
export const degreeRows: readonly CueRow[] = [
  {
    id: 'new',
    category: 'new',
    direction: 'both',
    cues: cueList(`
      new | newly | new onset | new - onset | recent onset | acute onset | sudden onset | of new onset |
      newly developed | first time | de novo | sudden | suddenly | has developed | have developed | has now developed |
      has since developed | has come on | has appeared | not there before | not there then | not present before |
      not present then | not present at that time | not had before | did not have before | did not have this before | did not have this when | did not have that when |
      was not there at the time | did not exist then | since then | new since |
      did not have it when | was not there when
    `),
    holds: 'New «foot drop» on the left.',
    fails: 'New patient, reports «foot drop» for years.',
  },
  {
    id: 'worse',
    category: 'worse',
    direction: 'both',
    cues: cueList(`
      worse | worsening | worsened | worsens | getting worse | has worsened | progressive | progressing |
      progressively | progressed | progression of | has progressed | increasing | increasingly | increased |
      escalating | deteriorating | deteriorated | exacerbated | exacerbation of | flare of | more severe |
      more frequent | rapidly progressive | declining
    `),
    scope: { reach: 8, ends: ['stop', 'contrast', 'finding'] },
    holds: '«Leg weakness» over three weeks, worse since Friday.',
    fails: '«Leg weakness», headache worse since Friday.',
  },
  {
    id: 'more_of_it',
    category: 'worse',
    direction: 'before',
    cues: ['more', 'even more', 'much more', 'far more'],
    scope: { reach: 0, ends: ['stop', 'comma'] },
    holds: 'Since May more «leg weakness».',
    fails: 'More of the same, «leg weakness» as before.',
  },
  {
    id: 'stable',
    category: 'stable',
    direction: 'both',
    cues: cueList(`
      stable | unchanged | no change in | no changes in | no significant change in | no interval change in |
      no increase in | no decrease in | no worsening of | no worsening in | no progression of |
      without change in | without change | not changed | has not changed | no worse | not worse |
      at baseline | the same | about the same | chronic and stable | static | nonprogressive |
      non - progressive
    `),
    scope: { reach: 8, ends: ['stop', 'contrast', 'finding'] },
    holds: 'There is no increase in «numbness».',
    fails: 'There is an increase in «numbness».',
  },
  {
    id: 'of_old',
    category: 'stable',
    direction: 'both',
    isWeak: true,
    cues: cueList(`
      residual | chronic | chronically | longstanding | long - standing | old | baseline | pre - existing |
      preexisting | lifelong | life - long | since childhood | since birth | for years | for many years |
      for decades | as always | as ever | as before | same as | long history of
    `),
    holds: 'Residual «weakness» of the left arm.',
    fails: 'Residual «weakness» of the left arm is worse.',
  },
  {
    id: 'better',
    category: 'better',
    direction: 'both',
    cues: cueList(`
      better | improved | improving | improves | has improved | have improved | improvement in |
      improvement of | is better | getting better | =decreasing | lessening | lessened | resolving |
      less severe | less frequent | well controlled | controlled | diminishing | subsiding | easing |
      partially resolved | partly resolved
    `),
    scope: { reach: 8, ends: ['stop', 'contrast', 'finding'] },
    holds: 'Her «numbness» has improved.',
    fails: 'Her «numbness» has not improved.',
  },
  {
    id: 'mild',
    category: 'mild',
    direction: 'both',
    cues: cueList(`
      mild | mildly | slight | slightly | minimal | minor | trace | subtle | low grade | low - grade
    `),
    holds: 'Mild «leg weakness» on the right.',
    fails: 'Mild headache, «leg weakness» on the right.',
  },
  {
    id: 'moderate',
    category: 'moderate',
    direction: 'both',
    cues: ['moderate', 'moderately', 'mod', 'mild to moderate', 'mild - moderate', 'medium'],
    holds: 'Moderate «knee pain».',
    fails: 'Moderate headache and «knee pain».',
  },
  {
    id: 'severe',
    category: 'severe',
    direction: 'both',
    cues: cueList(`
      severe | severely | marked | markedly | profound | profoundly | excruciating | intense | unbearable |
      extreme | disabling | incapacitating | moderate to severe | moderate - severe | mod - severe |
      advanced | far advanced | far - advanced | end stage | end - stage | terminal | critical | high grade | high - grade | debilitating | intolerable
    `),
    holds: 'Severe «knee pain» at night.',
    fails: 'Severe headache, «knee pain» at night.',
  },
]

export const pseudoDegreeRows: readonly CueRow[] = [
  {
    id: 'not_a_degree',
    category: 'pseudo',
    direction: 'before',
    cues: cueList(`
      not improved | has not improved | have not improved | not improving | is not improving |
      did not improve | not better | is not better | no better | not getting better | not gotten better |
      new patient | new patients | newborn | new york | new prescription | new shoes | new job |
      not well controlled | poorly controlled | not controlled | uncontrolled | not severe | stable gait |
      vital signs stable | vss | hemodynamically stable | better with | better when | better on |
      worse with | worse when | worse on | worse at | worse in | new to | without improvement |
      no improvement | no improvement in | mild to | trace amount | best and worst | clinically stable |
      not new | nothing new
    `),
    holds: 'A new patient with «fever».',
    fails: 'A newborn: no «fever».',
  },
]
