import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** Someone is to find out: it may have happened or not. */
export const inquiredRows: readonly CueRow[] = [
  {
    id: 'to_find_out',
    category: 'inquired',
    direction: 'before',
    cues: cueList(`
      will ask | will … ask | we will ask | going to ask | plan to ask | need to ask | needs to ask | to ask … whether | to ask … if |
      =ask … whether | =ask … if | =asking … whether | =asked … whether … has | will check with | will check whether | will check if |
      will check to see | will check … records | check with … whether | check with … if | will call … to see | will call … whether | will call … if |
      will call … to find out | will find out | to find out | will look into whether | will look up | will confirm whether | will confirm if |
      will clarify | to clarify whether | will verify whether | will verify if | need to verify | needs to verify | will inquire | will enquire |
      {will/to} {request/obtain/get/review/send for/seek/track down/find} {/the/his/her/their/old/outside/prior/previous/any/all/outside hospital}
      {records/record/notes/reports/report/chart/charts/dates/documentation} |
      {will/to} {request/obtain/get/review/send for/seek/track down/find} {/the/his/her/any/all} outside |
      {request/requesting/requested/awaiting/await/obtaining/obtain} {/old/outside/prior/previous/her/his/the} {records/notes/reports/documentation} |
      {decision/decide/decided/deciding/undecided/not decided/not been decided} {whether/if/about/on} |
      yet to decide … whether | no decision … whether | no decision on | not clear whether | not clear if | question is whether | to see if … ever |
      to see whether … ever | to see how many | to see how long | did not get to | didnt get to | did not get around to | not gotten to |
      did not get a chance to ask | forgot to ask
    `),
    scope: { reach: 24, ends: ['stop', 'contrast'] },
    holds: 'We will ask the clinic whether he had «physical therapy».',
    fails: 'We asked; he had «physical therapy».',
  },
  {
    id: 'to_be_found_out',
    category: 'inquired',
    direction: 'after',
    cues: cueList(`
      {records/record/notes/report/reports/films/dates/chart/documentation/results}
      {/were/was/have been/are/to be/from outside/for the knee/for the hip} {requested/awaited/pending/not available/not received/not yet received/not arrived} |
      records from … requested | records for … requested | records from … are awaited |
      if they have | whether they have | if they already | will ask | will be asked | to be asked | will request | will find out | to be clarified | to be verified | needs to be verified | to be confirmed with |
      has not been decided | have not been decided | not yet decided | undecided | decision pending | decision has not been made | is to be decided
    `),
    scope: { reach: 14, ends: ['stop', 'contrast'] },
    holds: '«Physical therapy» records from the clinic requested.',
    fails: '«Physical therapy» was requested.',
  },
  {
    id: 'attached',
    category: 'paper',
    direction: 'both',
    cues: cueList(`
      {could/can/cannot/could not/cant/couldnt/unable to} {find/locate/see/open} {/no/any/a/the} | {could/can} find no |
      =attached | =enclosed | =appended | =uploaded | =on file | =in packet | =available for review |
      {is/are/copy/copies/report/reports/records/notes/results/exam/documentation/form} {attached/enclosed/included/appended/faxed/sent with this/in packet/uploaded/scanned/on file/in chart/available for review}
    `),
    holds: '«Foot drop» form attached: no',
    fails: '«Foot drop»: no',
  },
]

/**
 * Statements that leave open which of the previous statements in their paragraph is right: "Will clarify.",
 * "Discrepancy sent to the lab." `^`: only at the beginning of a statement. `…` stands for up to four words.
 */
export const disputes: readonly string[] = cueList(`
  will clarify | to be clarified | needs clarification | need clarification | needs clarifying | awaiting clarification | clarification requested |
  clarification pending | clarification needed | clarification from … pending | ^clarifying | unavailable to clarify | could not clarify |
  unable to clarify | ^will verify | ^to be verified | needs verification | awaiting verification |
  ^{lab/radiology/cardiology/neurology/pulmonology/pharmacy/pcp/nurse/staff/office/clinic/reader/author/dictator/scribe/coder} to {verify/clarify/settle/correct/confirm/reconcile} |
  discrepancy | discrepancies | discrepant | not reconciled | to be reconciled | will reconcile | needs reconciliation |
  conflicting {reports/results/statements/notes/entries/information/documentation/values/data/accounts} | conflicts with … {note/report/chart/record/form/list} |
  contradicts … {note/report/chart/record/form/list/entry} | notes do not agree | reports do not agree | notes disagree | reports disagree | records disagree |
  correction requested | addendum requested | awaiting addendum | addendum pending | amended report requested | report requested |
  original … being located | ^{old chart/chart/records/old records} being {checked/reviewed/pulled} | ^to be re {- /}{checked/measured/examined} | ^to be {rechecked/remeasured/reexamined} |
  final diagnosis awaited | which is correct | which one is correct | which is right | which is true | which one is right |
  unclear which … {correct/right/true} | unclear {whether/if} {/or how long} {he/she/they/patient/pt} {/ever/actually/really} {took/takes/used/completed/attended/went/had/finished/did} | unclear how {long/often/many} | probe faulty | faulty probe | cuff faulty | sample mix - up | listed in error ? | entered in error ? | typo ?
`)

/** Verified with or requested from others, so the chart itself is not in dispute. */
export const notDisputes: readonly string[] = cueList(`
  insurance | benefits | coverage | eligibility | address | pharmacy | phone | authorization
`)
