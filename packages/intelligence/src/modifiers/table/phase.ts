import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

/** Acts that were carried out, planned, or left undone. */
export const phaseRows: readonly CueRow[] = [
  {
    id: 'daily_note',
    category: 'done',
    direction: 'both',
    cues: cueList(`
      daily note | daily notes | treatment note | treatment notes | daily treatment note | daily treatment notes |
      treatment encounter note | daily visit note | treatment record | tx dates | treatment dates |
      dates of treatment
    `),
    scope: { reach: 6, ends: ['stop', 'contrast'] },
    holds: 'Daily note, «physical therapy».',
    fails: 'Order for «physical therapy».',
  },
  {
    id: 'ordered_as_noun',
    category: 'planned',
    direction: 'after',
    cues: cueList(`
      order | requisition | epilepsy protocol | seizure protocol | tumor protocol | stroke protocol | dementia protocol |
      ms protocol | pituitary protocol | iac protocol | metastasis protocol
    `),
    scope: { reach: 2, ends: ['stop', 'comma', 'contrast'] },
    holds: 'I placed the «MRI» order.',
    fails: '«MRI» done, order sent to the surgeon.',
  },
  {
    id: 'done_before',
    category: 'done',
    direction: 'before',
    cues: cueList(`
      {rx/tx/treatment/treatments/treated/care/management/therapy/therapies/meds/medications/measures} {so far/to date/thus far/till now/until now/already had/already tried/already done/tried/in the past} |
      completed | has completed | finished | has finished | tried | has tried | trialed | trialled |
      has trialed | failed | has failed | failed trial of | failure of | underwent | has undergone |
      had undergone | attended | has attended | attending | participated in | participating in | went to |
      went through | has been going to | going to sessions of | has done | has been doing | received |
      has received | was given | has had | has been on | was on | is on | currently on | maintained on |
      took | takes | you take | you use | you wear | i take | you are taking | taking | has taken | has been taking | is taking | has used | has been using | wears |
      wearing | wore | has worn | treated with | was treated with | been treated with | managed with |
      despite | in spite of | since starting | not improved with | not improved despite |
      not improving with | not helped by | not relieved by | not relieved with | not controlled with |
      not responding to | did complete | able to complete | was able to complete | not able to tolerate |
      unable to tolerate | no relief with | no relief from | without relief from | no improvement with |
      no improvement from | no improvement after | no benefit from | no response to | not responded to |
      did not respond to | little relief with | little relief from | minimal relief with |
      minimal relief from | some relief with | some relief from | improved with | improvement with |
      helped by | refractory to | unresponsive to | resistant to | intolerant of | could not tolerate |
      did not tolerate | not tolerate | cannot tolerate | allergic reaction to | continue | continues |
      continued | continuing | continues with | resume | status post | s/p | previously had | history of |
      h/o | hx of | was started on | started on | has been in | enrolled in | discharged from |
      compliant with | adherent to | adherent with | graduated from | exhausted | no help from |
      no help with | not at target on | not at goal on | not controlled on | not well controlled on | uncontrolled on |
      poorly controlled on | still active on | active on | flaring on | flares on | breaking through on |
      symptomatic on | stable on | doing well on | well controlled on | controlled on | not in remission on |
      no better on | not better on | not improving on | worse on | worsening on | stayed on | has stayed on |
      requests refill | refill | refill of | refill for | refill request | refills | refilled | refill request for | renewal of | needs refill of |
      asking for refill of | calling for refill of | wants refill of | eating | popping | living on | lives on | gets by on | getting by on |
      surviving on | downing | swallowing | since then | since that time | ambulates with | ambulates w/ | ambulating with | walks with | walks w/ |
      walking with | walks in | ambulates in | arrives in | arrived in | comes in wearing | presents in | sleeps in | fitted with | placed in |
      immobilized in | put in | relies on | depends on | relying on | dosing | going through | remained on | remains on | stays on | kept on |
      keep taking | keeps taking | keeps her on | keeps him on | keep her on | keep him on | will stay on | is to stay on | to stay on | staying on |
      not to stop | not stop | do not stop | dont stop | will not stop | wont stop | not stopping | without stopping | not to discontinue |
      not discontinue | not be stopped | is not stopping | {her/his/the} ongoing | {her/his} {current/usual/standing} | =ongoing | stopped |
      discontinued | came off | taken off | weaned off | weaned from | switched from | switched off of |
      {cleared/resolved/recovered/healed} {after/with/on/following} {/a course of/oral/iv} | working with | worked with | has been working with |
      {treated/being treated/under treatment} for … with |
    `),
    holds: 'Completed eight sessions of «physical therapy».',
    fails: 'Ready to begin «physical therapy».',
  },
  {
    id: 'done_weak',
    category: 'done',
    direction: 'before',
    cues: cueList(`
      on | after | had | did | got | last | prior | previous | used | relief with | relief from | started |
      began | begun | weeks of | months of | sessions of | visits of | course of | rounds of | complete |
      repeated | performed | performs | does | keeps up with | keeps doing | still does | follows | doing | using | uses
    `),
    isWeak: true,
    holds: 'Last «MRI» in March.',
    fails: 'Will decide on surgery after the «MRI».',
  },
  {
    id: 'done_after',
    category: 'done',
    direction: 'after',
    cues: cueList(`
      completed | was completed | were completed | is complete | finished | done | was done | were done |
      was performed | performed | was tried | were tried | tried | failed | has failed | was obtained |
      obtained | were taken | was taken | taken today | were taken today | was taken today | obtained today | were obtained |
      done today | were done today | performed today | independently interpreted | interpreted by me | personally interpreted |
      personally reviewed | reviewed by me | were reviewed | was given | given | did not help | didnt help | does not help | doesnt help | not helping |
      not helpful | has not helped | have not helped | hasnt helped | helped | helps | has helped |
      without relief | without improvement | without benefit | with no relief | with little relief |
      with minimal relief | with some relief | with good relief | with relief | with no improvement |
      with no benefit | gave no relief | provided no relief | provided relief | gave relief |
      was not tolerated | not tolerated | was stopped | stopped | was discontinued | discontinued | showed |
      shows | revealed | reveals | demonstrated | demonstrates | showing | confirmed | was normal |
      was negative | was positive | was reviewed | reviewed | did not show | does not show | did not reveal | does not reveal |
      did not demonstrate | does not demonstrate | read as | interpreted as | =caused | made him |
      made her | ago | yesterday | last week | last month | last year | last spring | last summer |
      last fall | last winter | made it worse | ineffective | was ineffective | left over | does not touch | doesnt touch | not touching | takes edge off | takes the edge off |
      no effect | without effect | takes it | takes them | taking it | taking them | is taking it | uses it | uses them | wears it | wearing it |
      takes bid | takes tid | takes qid | takes daily | takes nightly | takes qhs | takes prn | takes one | takes two | each was stopped |
      both were stopped | each stopped | both stopped | all were stopped | was a waste | were a waste | waste of time | waste of money | did nothing |
      does nothing | do nothing | done nothing | no good | and quit | then quit | took all of {it/them} | took it all | took them all |
      took {it/them} as {directed/prescribed} | finished the {course/bottle/pack} | held at | kept at | capped at | maxed at | maxed out at |
      topped out at | stuck at | =( to continue | is to continue | will be continued | is continued | was continued | been continued | in addition to |
      like candy | by the handful | around the clock | round the clock |
      then stopped | and stopped | went once | went twice | attended | is ongoing | ongoing | continues
    `),
    holds: '«Physical therapy» did not help.',
    fails: '«Physical therapy» to follow.',
  },
  {
    id: 'planned_before',
    category: 'planned',
    direction: 'before',
    cues: cueList(`
      asks for | asking for | asks for a | asks for an | plan | plans | planned | planning | plan for | plan to | plan is | will | will start | will begin |
      will order | will get | will obtain | will try | will refer | will need |
      will continue with a trial of | going to start | going to begin | going to try | going to order |
      to start | to begin | to try | to undergo | to get | to attend | to complete | to do | to obtain |
      start | begin | starting | initiate | order | ordered | ordering | orders placed for |
      order placed for | ordered today | recommend | recommends | recommended | recommending |
      recommendation for | refer | refer to | refer for | refer her for | refer him for | referred to |
      referred for | referral | referral to | referral for | referral placed for | schedule | scheduled |
      schedule for | scheduled for | is scheduled for | was scheduled for | prescribe | prescribed |
      prescribed today | prescription for | rx | rx for | script for | rx today | request | requesting |
      requested | request for | seeking | seeking approval for | advise | advised | suggest | suggested |
      encourage | encouraged | consider | considering | discussed | discussed starting | discuss | offered |
      offer | candidate for | would benefit from | may benefit from | could benefit from | needs | need |
      need for | needing | would like | would like to try | wants | wants to try | wishes | interested in |
      hopes to | hopes for | hope for | hoping for | intends to | agrees to | agreed to | agreeable to | willing to | ready for |
      ready to begin | ready to start | await | awaiting | pending | waiting for | wait for |
      on the wait list for | proceed with | proceed to | move forward with | set up | arrange |
      arrange for | obtain | repeat | trial | trial of | a trial of | add | prior to | before |
      follow up with | f/u with | next step is | next : | upcoming | future | first visit of |
      {ok/okay/fine/go ahead/will be ok} to {place/order/schedule/send/book/submit/get/put in} | {please/ready to/happy to/agree to/agrees to} {place/order/schedule/book/submit} |
      authorization for | approval for | prior auth for | instead of | rather than | given a referral |
      dispense | dispensed today | started today | starting today | begins | starts | told to |
      instructed to | asked to | if fails | contemplating | eligible for | hold off on | get | take | use |
      try | wear | do | attend | complete | receive | finish | undergo | should have | should start |
      should undergo | should begin | would raise | would increase | would start | would add | would switch to | would give | would try |
      would order | would get | would send | think of | thinking of
    `),
    holds: 'Refer to «physical therapy» for the back.',
    fails: 'Returned from «physical therapy» yesterday.',
  },
  {
    id: 'planned_after',
    category: 'planned',
    direction: 'after',
    cues: cueList(`
      {script/prescription/rx/referral/order/slip/requisition} {/was/were} {given/sent/written/faxed/renewed} {/again/today} | ordered | was ordered | is ordered | ordered today | recommended | was recommended | is recommended |
      planned | is planned | scheduled | is scheduled | was scheduled | requested | is requested | pending |
      is pending | prescribed | prescribed today | was prescribed today | started today | given today |
      begins | starts | will begin | will start | to begin | to start | to be scheduled | to be done |
      to be completed | to follow | next week | next month | tomorrow | advised | was advised | is needed |
      needed | is indicated | discussed | was discussed | was offered | offered | referral |
      referral placed | referral sent | order placed | order sent | eval and treat | evaluate and treat |
      is the next step | would help | =may help | might help | could help | would be helpful |
      if not better | if no better | if no improvement | are completed | is completed | be completed |
      sent to pharmacy | sent to the pharmacy | e - prescribed | before imaging | is being considered |
      being considered | considered | upcoming | was started | started | to be started | in the future |
      is set for | set up
    `),
    holds: '«Physical therapy» starts next week.',
    fails: '«Physical therapy» ended last week.',
  },
  {
    id: 'goal',
    category: 'goal',
    direction: 'before',
    cues: cueList(`
      goal | goals | goal : | goals : | goals … : | goal … : | ltg | stg | ltg : | stg : | ltgs | stgs |
      goals include | pt will | patient will | goal of | goal is | aims to | aim is
    `),
    holds: 'Goals: no more «fall».',
    fails: 'She reached it, but had a «fall».',
  },
  {
    id: 'naive',
    category: 'not_done',
    direction: 'after',
    cues: ['- naive', 'naive'],
    scope: { reach: 1, ends: ['stop', 'comma'] },
    holds: '«Naproxen»-naive.',
    fails: '«Naproxen» daily, steroid-naive.',
  },
  {
    id: 'set_aside',
    category: 'not_done',
    direction: 'after',
    cues: cueList(`
      is off the table | off the table | not an option | is not an option | was not an option | ruled out |
      stayed at the pharmacy | never picked up | was never picked up | not picked up | never came |
      none taken | none tried | none done | not begun yet | never opened | left unopened
    `),
    holds: '«Surgery» is not an option.',
    fails: '«Surgery» is an option.',
  },
  {
    id: 'planned_now',
    category: 'planned',
    direction: 'after',
    cues: cueList(`
      r/o | rule out | to rule out | to evaluate | to assess | to size | to define | to characterize | to confirm |
      to map | to plan | to delineate | to determine | to establish | to clarify | to look for | to exclude | to check |
      to decide | for evaluation | for further | for reversible | for surgical planning | for planning |
      for surveillance | is due | due | as outpatient | as an outpatient | q 3 months | q3mo | prior to |
      before starting | before the start | now | =stat | asap | urgent | urgently | today | this week | at next visit | at the next visit |
      on the way out | on her way out | on his way out | to be taken | put in today | to see
    `),
    isWeak: true,
    scope: { reach: 6, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: '«MRI» stat.',
    fails: '«MRI» today showed discitis.',
  },
]

/** Words that look like such a cue but are none. */
export const pseudoPhaseRows: readonly CueRow[] = [
  {
    id: 'not_an_act',
    category: 'pseudo',
    direction: 'before',
    against: ['done', 'planned', 'not_done'],
    cues: cueList(`
      on exam | on examination | on the left | on the right | on left | on right | on palpation | on mri |
      on x - ray | on ct | on imaging | on room air | on exertion | on inspection | on the other hand |
      on file | on average | on and off | after hours | later on | did not | did well | had no |
      needs to go | started to | used to | last visit | treatment plan | by mouth | will power |
      {/old/outside/prior/outside clinic/those/his/her/the} {records/report/reports/films/notes} {/were/have been/are} {requested/pending/ordered/sent for} |
      will {request/obtain/get/ask for/await/call for} … {records/reports} | will ask | will inquire | will check with | will find out | will verify | will confirm with | will clarify | plan to ask | need to ask | records … requested | records … pending | ordered by | requested by | in order to | in order | as needed | if needed | get up | get out | get to sleep | get in |
      needs help | need help | needs assistance | by his | by her | by the | per day | per week |
      per month | per patient | did she | did he | health plan | plan of care | difficulty getting |
      up to now | until now | to now | even now | still now | on hold | new start | start of | since the start | at the start | to get up | to get in | to get out |
      next to | planning to | by report | will not
    `),
    holds: { text: 'Weak on the left, «foot drop».' },
    fails: { text: 'Not seen: «foot drop».' },
  },
]
