import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** After a question that a box or a column answers, it expresses no doubt. */
export const questionMarkRow: CueRow = {
  id: 'question_mark',
  category: 'possible',
  direction: 'after',
  cues: ['?'],
  holds: 'Assessment: «discitis»?',
  fails: '«Discitis». Abscess?',
}

/** Suspected, feared, looked for. */
export const possibleRows: readonly CueRow[] = [
  {
    id: 'hedge_before',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      possible | possibly | probable | probably | likely | most likely | presumed | presumptive | suspect |
      suspected | suspicion for | suspicion of | suspicious for | concern for | concerning for |
      concerned for | concerned about | concern of | concern about | questionable | equivocal |
      equivocal for | suggestive of | suggests | suggesting | may be | may have | might be | might have |
      could be | could have | may represent | could represent | might represent | may reflect |
      could reflect | appears to be | thought to be | believed to be | vs | versus | favor | favored |
      cannot exclude | can not exclude | not exclude | cannot rule out | can not rule out | cant rule out |
      could not rule out | unable to rule out | not rule out | does not exclude | does not rule out |
      not excluding | unable to exclude | perhaps | maybe | query | ? | potential | raises concern for |
      raises the possibility of | possibility of | consider | low suspicion for | low concern for |
      high suspicion for | clinical suspicion of | clinical suspicion for | wonder about | wonder if |
      wonders if | wondering about | borderline | question of | =question | ? of | raises question of | raises the question of | clinical question
    `),
    holds: 'Findings suspicious for «discitis».',
    fails: 'MRI confirmed «discitis».',
  },
  {
    id: 'differential',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      ddx | dd : | dd | differential | differential diagnosis | differential diagnoses |
      differential includes | the differential | rule out | r/o | to rule out | ruling out | evaluate for |
      eval for | evaluation for | evaluation of | assess for | to assess for | screen for | screening for |
      workup for | work up for | work - up for | check for | look for | looking for | exclude | to exclude | to look for | to check for |
      to search for | search for | searching for | looking to exclude | question of | =to look for | ordered to look for |
      asked about | inquired about | rule - out | considerations include | considerations : | tested for |
      test for | testing for
    `),
    scope: { reach: 60, ends: ['stop', 'contrast', 'affirmer'] },
    holds: 'Differential: muscle strain, «discitis», fracture.',
    fails: 'The differential was long, but he has «discitis».',
  },
  {
    id: 'doubt',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      doubt | doubtful | doubts | doubtful for | unlikely | unlikely to be | unlikely to have |
      less likely | not likely | not suspected | not suspect | do not suspect | dont suspect |
      not convinced of | not suggestive of | not concerning for | not typical of | less suspicious for |
      improbable
    `),
    holds: 'I doubt «epidural abscess» in this patient.',
    fails: 'No doubt this is «epidural abscess».',
  },
  {
    id: 'tentative',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      {may/might/could} {try/consider/add/use/start/begin/need/want/want to try/benefit from trying/give/restart/resume/switch to} | would consider |
      {may/might/could} {eventually/later/then/also/still/perhaps} {try/consider/add/use/start/need}
    `),
    scope: { reach: 12, ends: ['stop', 'contrast'] },
    holds: 'May try «naproxen» later.',
    fails: 'She tried «naproxen» in May.',
  },
  {
    id: 'worry',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      worry | worries | worried | worried about | worries about | worries that | afraid | afraid of |
      fears | fear of | fearful of | anxious about | scared of | nervous about | fears that |
      concerned that | concerned she may | in fear of | dreads
    `),
    scope: { reach: 24, ends: ['stop', 'contrast'] },
    holds: 'He is afraid of «foot drop».',
    fails: 'He is worried, but has «foot drop» anyway.',
  },
  {
    id: 'hedge_after',
    category: 'possible',
    direction: 'after',
    cues: cueList(`
      (?) | vs | versus | possible | is possible | is likely | likely | is suspected | was suspected | suspected |
      cannot be excluded | cannot be ruled out | can not be ruled out | could not be excluded |
      could not be ruled out | not ruled out | not excluded | is not ruled out | not been ruled out |
      has not been ruled out | not yet ruled out | not entirely excluded | not completely excluded |
      to be ruled out | is unlikely | unlikely | seems unlikely | less likely | is doubtful | doubtful |
      is questionable | questionable | is in the differential | on the differential | was considered |
      is considered | is a possibility | is a concern | is of concern | must be ruled out |
      needs to be ruled out | should be ruled out | be excluded | undetermined | worried she has one |
      worried he has one | is worried about it | worries that she has it | worries that he has it | worried she has it | worried he has it
    `),
    holds: '«Discitis» cannot be excluded.',
    fails: '«Discitis» is confirmed.',
  },
  questionMarkRow,
  {
    id: 'hedge_in_the_answer',
    category: 'possible',
    direction: 'after',
    cues: cueList(`
      maybe | perhaps | possibly | might | may be | might be | not sure | unsure | uncertain |
      hard to say | hard to tell | hard to judge | hard to know | difficult to say | difficult to tell |
      difficult to judge | cannot tell | cannot be told | cant tell | to be rechecked | to be repeated |
      to be reassessed | to be looked at again | to be re - examined | i am not certain | who knows | not certain | is not certain | could not confirm | did not confirm |
      significance {doubtful/unclear/uncertain/unknown/questionable} | of {doubtful/unclear/uncertain/questionable} significance | not established | is not established | not yet established | not proven | unproven | not confirmed | is unconfirmed | unconfirmed | was not sure of it | not sure of it | not sure about it |
      was not convinced | not convinced | disagrees | disputes it | disputes this | could not hear it |
      could not find it | could not see it | could not reproduce it | did not hear it 
    `),
    scope: { reach: 12, ends: ['stop', 'contrast', 'finding'] },
    holds: '«Weakness»: "maybe a little".',
    fails: '«Weakness» is certain.',
  },
  {
    id: 'probable_in_the_answer',
    category: 'possible',
    direction: 'after',
    cues: ['probably'],
    scope: { reach: 12, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: '«Weakness» probably.',
    fails: '«Weakness», probably of old age.',
  },
  {
    id: 'hearsay',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      was told | were told | been told | told her she has | told him he has | told that he has |
      told that she has | told her she had | told him he had | told that he had | told that she had |
      told she has | told he has | told she had | told he had | surgeon … said | doctor … said | surgeon said | doctor said |
      physician said | physician … said | provider said | chiropractor said | therapist said | dentist said | nurse said |
      someone said | somebody said | someone told | somebody told | they said | they told | they tell |
      {says/states/reports/claims/thinks/believes} {/that} {an/his/her/the/a/some} outside | surgeon told | doctor told | chiropractor told | reportedly | supposedly | allegedly
    `),
    scope: { reach: 14, ends: ['stop', 'contrast'] },
    holds: 'A surgeon in town said he has «discitis».',
    fails: 'She said that she has «fever».',
  },
  {
    id: 'said_by_another',
    category: 'possible',
    direction: 'before',
    cues: cueList(`
      thought a | thought there was a | thought there was | thought he had | thought she had |
      thought he heard | thought she heard | thought they heard | thinks he has | thinks she has |
      thinks there is | thinks it is | believes he has | believes she has | believes he is |
      believes she is | believes it is | thinks he is | thinks she is | resident thought | intern thought |
      student thought | resident heard | intern heard | student heard
    `),
    scope: { reach: 6, ends: ['stop', 'comma', 'contrast'] },
    holds: 'The student thought there was «edema».',
    fails: 'The student saw «edema».',
  },
]
