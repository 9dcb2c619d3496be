import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

const whatIsLooked = cueList(`
  evidence | sign | signs | sign or symptom | signs or symptoms | symptoms | symptom | indication |
  suggestion | history | h/o | hx | complaint | complaints | report | finding | findings | suspicion |
  feature | features | clinical evidence | radiographic evidence | past history | prior history |
  personal history
`)

/** Absent. */
export const deniedRows: readonly CueRow[] = [
  {
    id: 'no',
    category: 'denied',
    direction: 'before',
    cues: [
      ...whatIsLooked.flatMap((noun) => [
        `no ${noun} of`,
        `without ${noun} of`,
        `without ${noun} for`,
        `no ${noun} for`,
      ]),
      ...cueList(`
      no | zero | nil | nothing to suggest | nothing suggestive of | nothing suggesting | nothing suggests |
      nothing suggested | nothing pointed to | nothing points to | nothing pointing to | nothing to point to |
      nothing indicated | nothing indicates | nothing to indicate | nothing indicative of |
      nothing in keeping with | nothing consistent with | nothing in favor of | no hint of | no trace of |
      no pointer to | no pointers to | argues against | argue against | arguing against | speaks against |
      speak against | not suggestive of | not indicative of | not in keeping with | no need for |
      no need of | no need to | no call for | no reason for | no reason to suspect | no evidence to suggest | absence of | absent | lack of | lacks | lacking | free of |
      free from | devoid of | never | never had | never has had | has never had | have never had |
      has never been | has had no | has no | have no | had no | having no | reports no | reported no | with no | there is no | there are no | no concern for |
      no concerns for | no concern of | no suspicion for
    `),
    ],
    answers: 'never',
    stopsAtSides: true,
    holds: 'No «fever» or chills.',
    fails: 'No increase in «leg weakness» since May.',
  },
  {
    id: 'without',
    category: 'denied',
    direction: 'before',
    cues: ['without', 'without any', 'w/o', 'w/o any'],
    answers: 'never',
    stopsAtSides: true,
    stopsAtOpenLists: true,
    holds: 'Nausea without «fever», chills or sweats.',
    fails: 'Nausea without fever, «headache» at night.',
  },
  {
    id: 'not_perceived',
    category: 'denied',
    direction: 'before',
    cues: cueList(`
      could not hear | couldnt hear | cannot hear | cant hear | did not hear | could not appreciate |
      cannot appreciate | could not detect | cannot detect | did not detect | could not find | cannot find |
      did not find | could not elicit | cannot elicit | did not elicit | could not palpate | cannot palpate |
      did not palpate | could not feel | cannot feel | could not see | cannot see | could not reproduce |
      did not observe | cannot demonstrate | could not demonstrate | unable to elicit | unable to reproduce |
      unable to appreciate | unable to detect | never noticed | not aware of | unaware of
    `),
    scope: { reach: 12, ends: ['stop', 'statement', 'bracket', 'contrast', 'affirmer', 'reason'] },
    holds: 'I could not elicit «numbness» today.',
    fails: 'I could elicit «numbness» today.',
  },
  {
    id: 'not_there',
    category: 'denied',
    direction: 'before',
    cues: cueList(`
      not | no longer has | does not have | doesnt have | did not have | didnt have | do not have |
      dont have | has not had | hasnt had | have not had | havent had | not had | is not | isnt | isnt any |
      are not | arent | was not | wasnt | were not | werent | is not having | isnt having | not have |
      not experience | not experiencing | does not report | doesnt report | does not mention | do not see | dont see | does not call for | failed to | fails to | did not report |
      does not endorse | doesnt endorse | does not describe | does not complain of | not complaining of |
      does not show | doesnt show | did not show | does not demonstrate | not reveal | did not reveal |
      does not reveal | not see | not seen | not feel | not associated with | not demonstrate |
      not appreciate | has not developed | not develop | did not develop | not notice | has not noticed |
      havent | hasnt | hadnt |
      {dont/doesnt/didnt} {take/use/feel/notice/see/experience/get/fall/lose/hurt/injure/break/hit/inject/shoot/suffer}
    `),
    answers: 'never',
    scope: { reach: 20, ends: ['stop', 'statement', 'bracket', 'contrast', 'affirmer', 'reason'] },
    stopsAtSides: true,
    stopsAtOpenLists: true,
    holds: 'There isn’t any «numbness» today.',
    fails: 'Not on aspirin, «immunosuppressed» since transplant.',
  },
  {
    id: 'denies',
    category: 'denied',
    direction: 'before',
    cues: cueList(`
      denies | denying | denial of | denies any | denies having | denies having had | denies ever having | denies ever having had | denies ever |
      denied ever having | denied ever | denies receiving | denies undergoing | denies getting | denies use of | denies using | denies taking |
      denied any | denies all | denies all of | denied all | {which/results/findings/studies/tests/both/these/values/numbers} rule out |
      effectively rule out |
      has denied | denies history of | denies hx of | denies h/o | denies any history of | declines having |
      negative for | neg for | neg | negative | negative history of | pertinent negatives |
      pertinent negative | pertinent neg | pertinent negatives include | ruled out for | ruled out |
      excluded | has ruled out | rules out | denies the following | negative for the following |
      none of {the following/the/these/those/his/her/their} | does not have any of the following | no complaints of | neither | (-) | ‹-› |
      no hx
    `),
    answers: 'never',
    holds: 'Negative for the following: nausea, chills, «weight loss».',
    fails: 'Denies headache, nausea, has «numbness» of the thigh.',
  },
  {
    id: 'minus_and_plus',
    category: 'denied',
    direction: 'before',
    cues: ['‹-›'],
    scope: { reach: 4, ends: ['stop', 'comma', 'bracket', 'contrast', 'affirmer', 'finding'] },
    holds: '-«nausea», +headache',
    fails: '- «nausea» and headache',
  },
  {
    id: 'minus_behind',
    category: 'denied',
    direction: 'after',
    cues: ['›-'],
    scope: { reach: 1, ends: ['finding'] },
    holds: '«Nausea»-, headache+',
    fails: 'nausea-, «headache»+',
  },
  {
    id: 'answer_in_brackets',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      ( denied | ( denies | ( no | ( none | ( negative | ( neg | ( absent | ( not present | [ no |
      [ denied | [ none | [ negative
    `),
    scope: { reach: 4, ends: ['stop', 'comma', 'contrast', 'finding'] },
    answers: 'only',
    holds: '«Fever» (denied), headache',
    fails: 'Fever (denied), «headache»',
  },
  {
    id: 'answer_no',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      no | none | neg | negative | negatives | denied | denies | absent | not present | nil | not seen |
      not noted | not found | not identified | not demonstrated | not appreciated | not evident |
      not reported | ruled out | excluded | (-) | is negative | was negative | is absent | was absent |
      is denied | was denied | is not present | was not present | not there | isnt present |
      has been ruled out | was ruled out | is ruled out | been excluded | were negative | no evidence |
      not observed | is not seen | was not seen | not detected | never | unremarkable for
    `),
    answers: 'only',
    holds: '«Nausea» no, headache no.',
    fails: 'Trauma: no, «fever» since Monday.',
  },
  {
    id: 'excluded_after',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      {/is/was/were/been/has been/have been/had been} {excluded/ruled out/disproved/disproven/refuted} {by/on/with/at/after/in/following/during/from/via/through} |
      {is/was/were/been/has been/have been} {excluded/ruled out/disproved/disproven/refuted} | considered and {excluded/ruled out/rejected/dismissed} |
      considered but {excluded/ruled out/rejected/dismissed/not confirmed} | is not the diagnosis | was not the diagnosis | is not the cause
    `),
    scope: { reach: 4, ends: ['stop', 'contrast', 'finding', 'colon'] },
    holds: '«Multiple myeloma» was excluded by her hematologist.',
    fails: '«Multiple myeloma» was found by her hematologist.',
  },
  {
    id: 'free_of_it',
    category: 'denied',
    direction: 'after',
    cues: ['=- free', '=free'],
    scope: { reach: 0, ends: ['stop', 'comma', 'bracket', 'contrast', 'finding', 'colon'] },
    holds: 'She is «fever»-free today.',
    fails: 'She has «fever»; free care was given.',
  },
  {
    id: 'letter_for_no',
    category: 'denied',
    direction: 'after',
    cues: ['n'],
    scope: { reach: 0, ends: ['stop', 'comma', 'contrast', 'finding', 'colon'] },
    answers: 'only',
    holds: '«Fever» n, chills n, cough y.',
    fails: '«Fever» y, chills n.',
  },
  {
    id: 'not_shown',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      {/was/is/were/are} not {shown/demonstrated/borne out/supported/established by}
    `),
    scope: { reach: 1, ends: ['stop', 'comma', 'contrast', 'finding', 'colon'] },
    holds: 'Central apnea; «fever» not shown.',
    fails: 'Central apnea; «fever» shown.',
  },
  {
    id: 'rather_than',
    category: 'denied',
    direction: 'before',
    cues: cueList(`
      rather than | instead of | as opposed to | more likely than | more consistent with … than | more suggestive of … than | and not | , not
    `),
    scope: { reach: 2, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: 'This is a sprain rather than «foot drop».',
    fails: 'This is «foot drop», as before.',
  },
  {
    id: 'neither_has',
    category: 'not_done',
    direction: 'before',
    cues: cueList(`
      neither {knee/hip/shoulder/joint/side/leg/one/of them} {/has/was/is/were/have} {/ever/yet} {/been}
    `),
    scope: { reach: 2, ends: ['stop', 'comma', 'contrast'] },
    holds: 'Neither leg has had «physical therapy».',
    fails: 'The leg has had «physical therapy».',
  },
  {
    id: 'grade_zero',
    category: 'denied',
    direction: 'after',
    cues: ['0', 'zero', 'grade 0'],
    scope: { reach: 0, ends: ['stop', 'comma', 'contrast', 'finding'] },
    answers: 'only',
    holds: '«Edema» 0, reflexes 2+',
    fails: '«Pain» 0/10 today',
  },
  {
    id: 'answer_to_key',
    category: 'denied',
    direction: 'after',
    cues: [
      '| no',
      '| none',
      '| neg',
      '| negative',
      '| denies',
      '| denied',
      '| never',
      '| absent',
      ...cueList(`
      : pt no | : pt none | : pt denies | : pt never | : patient no | : patient none | : patient denies |
      : patient never | : self no | : self none | : self denies | : personal none | : none personally |
      : none of these | : none of them | : all denied | : both denied | : all negative | : both negative |
      : denies all | : denies both | : none present | : neither | : no | : none | : neg | : negative | : denied | : denies | : absent | : not present | : n | : nil |
      : not seen | : none reported | : none noted | : never | - no | - none | - denied | - denies |
      - negative | - neg | - absent | = no | : (-) | : - | ? no | ? denies | ? none | ? never
    `),
    ],
    scope: { reach: 40, ends: ['stop', 'statement_end', 'contrast', 'affirmer', 'colon'] },
    answers: 'only',
    holds: '«Leg weakness», nausea, fever: denied',
    fails: '«Leg weakness» since Monday, fever: denied',
  },
  {
    id: 'answer_no_and_more',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      was denied | were denied | are denied | is denied | all denied | all negative | all absent |
      both denied | both negative | both absent | neither present | neither is present | none present |
      none of these | none of which | neither of which | none reported | none noted | are absent |
      were absent | are negative | were negative | were not present | are not present | none are present |
      neither was found | neither found | were ruled out | have been ruled out | were all denied |
      were both denied | he denies both | she denies both | denies both | denies all | none of them | none of those | neither of these | no to all | no to both | denies all of these |
      none today
    `),
    scope: { reach: 40, ends: ['contrast', 'colon'] },
    holds: 'We asked for chills and «fever»; neither present.',
    fails: 'No headache but «fever» since Friday; nausea denied.',
  },
  {
    id: 'unmarked_negation_of_reason',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      was ruled out | were ruled out | has been ruled out | have been ruled out | was excluded by | was excluded on | was excluded with |
      has been excluded | have been excluded | was not found | were not found | could not be found | was not demonstrated | could not be elicited |
      not elicited | is not noted | was not noted | is not appreciated | was not appreciated |
      was ruled out by | was ruled out on | was ruled out with | has been ruled out by | has been ruled out on | were ruled out by | is ruled out by |
      was excluded by | was excluded on | has been excluded by | is excluded by | was ruled out last | were not seen | are not seen | are not noted |
      is unlikely and not present | is not evident | {/is/was/are/were} not {/clinically/currently/at all} suspected | is not a concern |
      was not a concern
    `),
    holds: '«Foot drop» was not found on exam.',
    fails: '«Foot drop» was found on exam.',
  },
  {
    id: 'not_perceived_after',
    category: 'denied',
    direction: 'after',
    cues: cueList(`
      could not be heard | cannot be heard | was not heard | were not heard | is not heard | not audible | was not audible |
      is not audible | is inaudible | was inaudible | inaudible | no longer heard | no longer audible | could not be appreciated |
      cannot be appreciated | could not be detected | could not be confirmed | could not be reproduced on exam |
      could not be felt | was not felt | could not be seen | was not detected | cannot be heard today | is not heard today
    `),
    scope: { reach: 10, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: 'The «foot drop» that she reported was not detected.',
    fails: 'The «foot drop» was not detected before 2026.',
  },
]

/** Words that look like a denial but deny nothing. */
export const pseudoDenialRows: readonly CueRow[] = [
  {
    id: 'not_a_denial',
    category: 'pseudo',
    direction: 'before',
    cues: cueList(`
      cannot … without | can not … without | cant … without | unable … without | not able … without |
      could not … without | unable … w/o | cannot … w/o | not able … w/o | could not … w/o | unsafe … without | unsafe … w/o | not safe … without |
      gram neg | gram negative | gram - negative | rh neg | rh negative | her2 neg | her2 negative | hla b27 negative | triple negative |
      false negative | er negative | pr negative | seronegative | was not detected before | was not detected until | was not heard until |
      was not heard at | were not heard at | not heard at | was not heard before | was not heard last | not heard before | was not heard previously |
      was not heard in | not heard previously | not audible to the patient | symptoms of any kind | symptoms of any sort | signs of any kind |
      coagulase negative | negative pressure | negative inspiratory | double negative | no increase in |
      no decrease in | no change in | no changes in | no significant change in | no interval change in |
      no improvement in | no improvement of | no improvement with | no improvement from | no relief with |
      no relief from | no relief of | no further | no worsening of | no worsening in |
      no progression of | no better | no worse | without improvement | without relief | without change in |
      no resolution of | without resolution of | no response to | no benefit from | no benefit with |
      no help from | no help with | not only | not just | not limited to | no longer only | no longer just | no longer confined to | no longer limited to | no guarantee of | not simply | not merely | not necessarily |
      {havent/hasnt/hadnt} {improved/helped/resolved/gone/changed/worked/cleared/responded/gotten better/got better/fully/completely/entirely/gone away} |
      not certain | not certain if | not certain whether | not improved | not improving | not better |
      not resolved | not gone | not cleared | not relieved | not controlled | not well controlled | not at target | not at goal | not in remission |
      not adequately controlled | not changed | not worse | not tolerated | not tolerating | not helped |
      not help | not helping | not helpful | not responded | not respond | not respond to | not due to |
      not drain | not effective | not sleep | not sleep because of | not able | not able to | not enough |
      not sufficient | not surprising | not unexpected | not uncommon | not until | no time | no doubt |
      no question | no question of | no question that | no surgery until | no reason to doubt | no one |
      no matter | no meds | no medications | no known allergies | no known drug allergies | nkda |
      no longer than | not to mention | no show | no contraindication to | no contraindications to |
      no objection to | no alternative to | cannot | can not | cant | could not | couldnt | unable to |
      cannot void | cannot walk | without difficulty | with and without | with or without | with & without |
      w & w/o | without contrast | w/o contrast | no contrast | if not | whether or not |
      not otherwise specified | why not | does not go away | has not gone away | will not go away |
      wont go away | does not stop | is not getting better | not getting better | not gotten better |
      is not going away | not going away | never goes away | never went away | never resolved | never goes |
      never fully | never completely | not fully | not completely | not entirely | not yet resolved |
      not taken seriously | neg pressure | no. of | absence seizure | absent reflexes | reflexes absent |
      reflex absent | jerks absent | jerk absent | pulses absent | sensation absent | absent bilaterally |
      absent ankle | absent knee | absent sensation | nothing helps | nothing helps the
    `),
    holds: 'Gram neg «bacteremia» in May.',
    fails: 'No «bacteremia» in May.',
  },
]
