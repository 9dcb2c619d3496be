import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** Acts that were left undone. */
export const notDoneRows: readonly CueRow[] = [
  {
    id: 'not_done_before',
    category: 'not_done',
    direction: 'before',
    cues: cueList(`
      would be {/her/his/the/a/my/their} first | will be {/her/his/the/a/my/their} first | this is {her/his/the/my/their} first | never tried |
      never had | never went | never went to | never did | never done | never started | never attended | never began | never took | never used |
      never been to | has never | have never | has never had | has never tried | has never been on | has never done | has never used |
      has never been to | has not tried | has not had | has not done | has not started | has not begun | has not attended | has not completed |
      has not been to | not gone | not gone to | not gone for | has not gone | has not gone to | has not gone for | have not gone to | hasnt gone to |
      havent gone to | never gone to | has never gone to | not been going to | not going to | does not go to | doesnt go to | has yet to |
      has yet to start | has yet to begin | has yet to go to | has yet to attend | no visits to | no visits with | no trips to | no sessions of |
      no course of | no trial of | no referral to | has not yet | has not yet had | has not yet started | has not yet tried | have not tried |
      hasnt tried | hasnt had | hasnt started | hasnt done | hasnt completed | not tried | not yet tried | not yet | not yet started | not started |
      not attended | not done | not had | did not do | didnt do | did not go | did not go to | didnt go to | did not start | didnt start |
      did not begin | did not try | didnt try | did not attend | didnt attend | did not complete | didnt complete | did not finish | didnt finish |
      did not take | didnt take | did not use | did not get | did not undergo | has not undergone | has not received | did not receive | has not taken |
      not completed | not undergone | not participated in | not been to | was unable to do | was unable to attend | not able to take | not able to do |
      not able to attend | not able to start | unable to attend | unable to do | unable to start | unable to complete | unable to take | cannot take |
      cannot do | could not do | could not attend | could not start | could not afford | cannot afford | cannot have | declined | declines | declining |
      refused | refuses | deferred | defers | does not want | doesnt want | did not want | not interested in | does not wish | opted against |
      decided against | elected not to | chose not to | canceled | cancelled | missed | no showed | no - show for | quit before | stopped before |
      contraindicated | contraindication to | not a candidate for | does not take | doesnt take | not taking | is not taking | not on | is not on |
      not using | does not use | doesnt use | not wearing | avoids | avoiding | without trying | without a trial of | without having tried |
      in lieu of | no prior | no previous | not doing | has not been doing | has not been on | no recent | has not been able to start |
      failed to attend | dont own | doesnt own | does not own | do not own | never owned | never wore | never worn | has never worn | dont wear |
      do not wear | does not wear | doesnt wear | never wears | dont use | do not use | dont take | do not take | never takes | never uses |
      has not worn | was not sent for | not sent for | not been sent for | was never sent for | never sent for | never referred for | not referred for |
      failed to complete | failed to start | failed to show | failed to go |
      {has/have/had} {not/never} {/yet/ever/really/actually} {had/tried/done/used/taken/attended/started/begun/completed/received/undergone/gotten/filled/been given/been to/gone to} |
      {hasnt/havent/hadnt} {/yet/ever/really/actually} {had/tried/done/used/taken/attended/started/begun/completed/received/undergone/gotten/filled/been given/been to/gone to} |
      {did not/didnt/never} {ever/yet/actually/really} {do/have/try/use/take/attend/start/begin/complete/receive/undergo/get/fill/go to} |
      {no one/nobody} {/has/have/had} {/ever/yet} {did/done/made/performed/obtained/ordered/tried/gave/given/started/sent}
    `),
    holds: 'She has never tried «physical therapy».',
    fails: 'She tried «physical therapy» with never a complaint.',
  },
  {
    id: 'not_done_after',
    category: 'not_done',
    direction: 'after',
    cues: cueList(`
      never | never went | but never went | never started | never done | never tried | not tried | not done | was not done | were not done |
      not started | not yet started | has not started | has not begun | not begun | not attended | never attended | never happened | was declined |
      was refused | not completed | was not completed | were not completed | not yet | not yet done | was never done | was never started |
      was never tried | never did it | never did them | did not go | didnt go | did not start | did not attend | never began | was canceled |
      was cancelled | canceled | cancelled | was not started | not performed | was not performed | is contraindicated | contraindicated |
      was contraindicated | did not take it | never took it | never took any | never filled | not filled |
      never took {one/them/a single/the first/even one/a dose} | never swallowed | never opened {it/them/the bottle} |
      {was/were/is/are/has been/have been} avoided | avoided {because/due to/given/for/on account of/in view of} | did not fill it | was not approved |
      was denied | denied by insurance | could not afford it | has not tried | not taken | quit before | not been done | not been tried |
      has not been tried | has not been done | have not been tried | never showed | no - show | has not gone | have not gone | hasnt gone |
      has not scheduled | did not schedule | didnt schedule | never scheduled | did not follow up | didnt follow up | has not been | hasnt been |
      never got around to it | not obtained | was not obtained | has not been obtained | has not been completed | has not been started |
      could not be done | could not be performed | could not be obtained | could not be completed | could not be arranged | could not be scheduled |
      couldnt be done | cannot be done | cannot be performed | cannot be obtained | can not be done | cant be done | was unable to be done |
      unable to be performed | unable to be completed | was not possible | is not possible | not feasible | was not feasible | was aborted | aborted |
      were aborted | was abandoned | abandoned | terminated before | was terminated | has not had any | hasnt had any | have not had any |
      has not had one | hasnt had one | has had none | have had none | had none | has none | has none on record | never had any | never had one |
      none on record | none on file | none so far | none to date |
      {has/have/had} {not/never} {/yet/ever} been {done/performed/made/obtained/taken/completed/tried/given/started/begun/attended/received/used/carried out} |
      {was/were} {not/never} {/yet/ever/actually} {done/performed/made/obtained/taken/completed/tried/given/started/begun/attended/received/used/carried out} |
      {is/are} {yet to be/still to be/not yet} {done/performed/made/obtained/taken/completed/tried/given/started/begun/attended/received/used/carried out} |
      {never/not} {yet/ever} {done/performed/made/obtained/taken/completed/tried/given/started/begun/attended/received/used/carried out} |
      by {no one/nobody} | no - showed | no showed | did not show up | didnt show up | failed to show
    `),
    holds: '«Physical therapy» was ordered in May, but she never went.',
    fails: '«Physical therapy» was ordered in May, and she went.',
  },
  {
    id: 'not_done_answer',
    category: 'not_done',
    direction: 'after',
    cues: ['declined', 'refused', 'canceled', 'cancelled', 'missed', 'deferred', 'avoided'],
    answers: 'only',
    holds: 'We offered «physical therapy», which she declined.',
    fails: '«Physical therapy» helped, she declined surgery.',
  },
]
