import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

const places = cueList(`
  the er | the ed | er | ed | the emergency room | the emergency department | emergency room |
  emergency department | the hospital | 911 | the nearest emergency department | the nearest er |
  urgent care | clinic | the clinic | the office | a hospital
`)
const goings = cueList(`
  go to | go straight to | come to | come back to | return to | report to | present to | proceed to | to |
  call | head to | seek care at | knows to come to | be seen in
`)

/** Mentioned but not the case: conditions, advice, risks, leaflets. */
export const hypotheticalRows: readonly CueRow[] = [
  {
    id: 'heard_of',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      {internet/google/webmd/chatgpt/tiktok/facebook/website/online forum/a friend/his friend/her friend} {says/said/told/suggests/suggested/thinks} | has read about | read about | reading about | read online about | reads about | reads online about | read on the internet about | read up on |
      researched | saw online about | saw a video about | saw a show about | saw a program about | heard a talk about | has heard about | heard about |
      has heard of | heard of | saw an ad for | saw an advertisement for | looked up | googled | has questions about | questions about |
      read online that | read in the news about | read an article about | read a book about | saw a video on | watched a video about | saw on tv |
      heard online | looked online for |
    `),
    scope: { reach: 20, ends: ['stop', 'contrast'] },
    holds: 'She has heard of «naproxen».',
    fails: 'She has heard of a new pill; «naproxen» continues.',
  },
  {
    id: 'handout',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      {handout/handouts/leaflet/leaflets/brochure/brochures/pamphlet/pamphlets/flyer/factsheet/fact sheet/information sheet/info sheet/education sheet/teaching sheet/booklet/educational material/education material/printed information/written information/reading material/patient information}
      {on/about/for/:/titled/called/entitled/given :/given on/given about/given for/provided :/provided on/provided about/regarding/explaining/describing/that says/says/states/reads/listing} |
      avs : | after visit summary : | patient education given : | patient education provided : | patient education : | patient teaching : | education given : |
      =how to use the | =how to use your | =how to prepare for | =what to expect | =what is a | =what is an | =what are the {signs/symptoms/causes/risks} of | normal values | normal range | normal ranges | reference range |
      reference ranges | reference values | general information about | general information on | faq : | did you know
    `),
    scope: { reach: 80, ends: [] },
    holds: 'Handout on «foot drop» given.',
    fails: 'Given a brace for «foot drop».',
  },
  {
    id: 'in_general',
    category: 'hypothetical',
    direction: 'after',
    cues: cueList(`
      may press on | can press on | is a wearing away | is a wearing down | =is inflammation of | =is an inflammation of | =is swelling of |
      is a condition in which | is a condition that | is a condition where | is a disease in which | is a disease where | is a disorder in which |
      is a type of | is a kind of | is when | =happens when | =occurs when | is the most common | is one of the most common | =are used for | =are used to |
      {can/may} be caused by | {can/may} result from | {can/may} be due to | is often {caused by/due to/associated with} | is often treated | is usually treated | is often the first | is usually the first | =usually needs | =usually takes | usually improves | often improves |
      means that your | can weaken the | may weaken the | helps your | help your
    `),
    scope: { reach: 4, ends: ['stop', 'contrast'] },
    holds: '«Foot drop» is a condition in which the toes drag.',
    fails: '«Foot drop» is why the toes drag.',
  },
  {
    id: 'of_a_society',
    category: 'hypothetical',
    direction: 'after',
    cues: cueList(`
      =society | =foundation | =association | charity | fundraiser | fund raiser | awareness {week/month/day/walk/ribbon/campaign/event} |
      {walk/ride/run/race/gala/benefit} for the cure | bike ride | charity {walk/run/ride} | volunteer | research {foundation/institute/charity}
    `),
    scope: { reach: 1, ends: ['stop', 'comma', 'contrast', 'bracket'] },
    holds: 'She volunteers at the «multiple myeloma» society.',
    fails: 'She is in good society with «multiple myeloma».',
  },
  {
    id: 'for_a_cause',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      {fundraiser/fund raiser/fundraising/benefit/gala/charity/charity run/charity walk/charity ride/bike ride/awareness walk} for | donates to | donated to |
      {walks/rides/runs/raises money/raising money/volunteers/volunteering} for {/the/an/a} | volunteers with the
    `),
    scope: { reach: 3, ends: ['stop', 'comma', 'contrast'] },
    holds: 'He is at a fundraiser for «multiple myeloma».',
    fails: 'He walks for an hour; «multiple myeloma» is stable.',
  },
  {
    id: 'handout_after',
    category: 'hypothetical',
    direction: 'after',
    cues: cueList(`
      {/support/information/education/educational/patient/self - care} {handout/handouts/leaflet/leaflets/pamphlet/pamphlets/brochure/brochures/booklet/fact sheet/info sheet/information sheet/education sheet}
      {/was/were} {given/provided/handed out/supplied/mailed/sent/reviewed/printed/offered}
    `),
    scope: { reach: 1, ends: ['stop', 'comma', 'contrast', 'finding'] },
    holds: '«Foot drop» pamphlet provided.',
    fails: '«Foot drop» is worse, pamphlet provided.',
  },
  {
    id: 'condition',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      if | unless | in case of | in case | in the event of | should she | should he | should they |
      should you | should this | should these | should there be | should any | should symptoms | whether |
      until | as soon as | in the setting of future | provided that | were to develop | were she to |
      were he to | so that | in order to | when you have | when you develop | as needed for | prn for | prn
    `),
    holds: 'Call us if you have «fever».',
    fails: 'As if that were not enough, «fever» began today.',
  },
  {
    id: 'return_precautions',
    category: 'hypothetical',
    direction: 'before',
    cues: [
      ...places.flatMap((place) =>
        goings.flatMap((going) => [
          `=${going} ${place} for`,
          `=${going} ${place} with`,
          `=${going} ${place} right away with`,
          `=${going} ${place} immediately with`,
          `=${going} ${place} right away for`,
          `=${going} ${place} immediately for`,
          `=${going} ${place} immediately if`,
        ]),
      ),
      ...cueList(`
        =come at once for | =come right away for | =come immediately for | =come straight … for | =come in … for |
        =come back … for | =come … if | =come back … with | =return … for | =return … if | =return … with |
        =call … for | =call … if | =call … with | =seek … for | =seek … if | =phone … for | =phone … if |
        =ring … for | =go … if | =report … if | or sooner if | sooner if | sooner for | earlier if |
        earlier for | be seen … for | be seen … if | be seen if | =return for | =return with | =return if | return precautions | return precautions for | precautions |
        warning signs | red flags to watch | danger signs | watch for | watch out for | monitor for |
        look out for | be alert for | alert us to | =call for | call us for | call us with |
        call the office for | call the office with | =call with | call immediately for |
        call immediately with | call right away for | call right away with | seek care for |
        seek medical attention for | seek immediate care for | seek help for | =come back for |
        =come back with | reasons to return | reasons to call | when to call | when to return |
        call your doctor | call 911 | er precautions | ed precautions | strict precautions | report any |
        please report | notify us of | notify us for | contact us for | contact us with | counseled on |
        counseled about | counseled regarding | educated on | educated about | educated regarding |
        education on | {instructed/taught/advised/reminded/informed} about | instructed on | instructed to report | advised to report | warned about | warned of |
        cautioned about | cautioned regarding | aware of | signs of | symptoms of | signs and symptoms of |
        knows the signs of | reviewed warning signs | let us know about
      `),
    ],
    holds: 'Strict return precautions: «fever», worsening pain.',
    fails: 'He was seen in the clinic with «fever» yesterday.',
  },
  {
    id: 'risk',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      risk | risks | including but not limited to | including … not limited to | risk of | risks of | risk for | at risk for | at risk of | risks include |
      risks including | risk factors for | complication | complications | complications include |
      complications such as | side effects | side effect | adverse effects | adverse reactions |
      side effects include | may cause | can cause | could cause | might cause | may lead to | can lead to |
      could lead to | might lead to | may result in | can result in | could result in | may develop |
      can develop | could develop | might develop | could get | might get | may get | consent |
      informed consent | to prevent | prevent | prevention of | prophylaxis | prophylaxis against |
      prophylaxis for | to avoid | avoid | indications include |
      indicated for | used for | used to treat | people with | =patients with | =patients who have | =persons with | those with | =individuals with |
      =adults with | =in patients with | people who have | for any patient with | in any patient with | any patient with | every patient with |
      a patient with … should | your doctor may | your doctor might | your doctor will | your provider may | your provider might | may order one for |
      may be ordered for | might be ordered for | can be ordered for | is often ordered for | =are used for | 

      such as when | for example
    `),
    scope: { reach: 60, ends: ['contrast', 'affirmer'] },
    holds: 'We went over the risks of surgery: bleeding, «leg weakness».',
    fails: 'We went over the risks, but she has «leg weakness» now.',
  },
  {
    id: 'condition_after',
    category: 'hypothetical',
    direction: 'after',
    cues: cueList(`
      should prompt | should be reported | would be a reason | would be reasons | would prompt |
      would require | would warrant | are reasons to | is a reason to | are warning signs | if it occurs |
      if they occur | if present | if any | can occur | may occur | could occur | might occur | can happen |
      may happen | is a risk | are risks | is a known risk | is a side effect | is a complication |
      precautions | precautions reviewed | precautions given | precautions discussed |
      precautions were reviewed | prophylaxis | prevention | screening | is a possible complication |
      are to be reported
    `),
    holds: '«Fever» should prompt a call.',
    fails: '«Fever» prompted a call.',
  },
  {
    id: 'demand',
    category: 'hypothetical',
    direction: 'before',
    cues: cueList(`
      plan … wants | plan … requires | plan … asks for | plan … demands | insurance … wants |
      insurance … requires | insurance … asks for | insurance … needs | insurance … demands |
      insurer … wants | insurer … requires | insurer … asks for | insurer … needs | payer … wants |
      payer … requires | payer … asks for | policy … requires | policy … asks for | letter … wants |
      letter … requires | letter … asks for | it wants | they require | insurance requires | insurer requires | insurance wants | insurance needs | insurance demands |
      insurance will not cover | insurance wont cover | will not approve | wont approve | will not cover |
      wont cover | payer requires | plan requires | coverage requires | policy requires | requires |
      required by | criteria | criteria include | guidelines recommend | guideline | guidelines |
      needs to complete | must complete | has to complete | have to complete | before insurance |
      before they will | is required to | must have | must try | needs to try | has to try | would need to
    `),
    scope: { reach: 60, ends: ['contrast', 'stop'] },
    holds: 'Her insurance requires «physical therapy» first.',
    fails: 'Her insurance requires it, but she finished «physical therapy» in May.',
  },
  {
    id: 'demand_after',
    category: 'hypothetical',
    direction: 'after',
    cues: cueList(`
      is required | are required | required by insurance | required by her insurance |
      required by his insurance | is mandatory | must be completed | must be tried | must be done |
      need to be completed | needs to be completed | has to be completed | required first |
      required before | are required before | is required before
    `),
    holds: '«Physical therapy» is required before imaging.',
    fails: '«Physical therapy» was completed before imaging.',
  },
]

/** Words that look like a condition but are none. */
export const pseudoConditionRows: readonly CueRow[] = [
  {
    id: 'not_a_condition',
    category: 'pseudo',
    direction: 'before',
    cues: cueList(`
      as if | even if | if anything | what if anything | until today | until now | until yesterday |
      until recently | from january until | was fine until | well until | up until | fine until |
      has signs of | with signs of | shows signs of | signs of improvement | has symptoms of |
      had symptoms of | presents with symptoms of | with symptoms of | with signs and symptoms of |
      reports symptoms of | developed signs of | fall risk | high risk | low risk | risk of falls |
      lasted until | continued until | at goal | goals met | goal met | to report | return of |
      presented to the ed with | presented to the er with | went to the ed with | went to the er with |
      went to the er for | went to the ed for | came to the ed with | came to the er with |
      was taken to the er with | seen in the ed for | seen in the er for | returned to the er with |
      presents to the ed with | presents to the er with | presents to the emergency department with |
      presented to the emergency department with | {requires/requiring/required} {min/mod/max/minimal/moderate/maximal/maximum/contact guard/cga/sba/standby/stand - by/total/physical/hands - on/some/a lot of/considerable/set up/setup/verbal/tactile/extra/increased/the} {/a/assist/assistance/help/cues/cueing/time/use of} |
      {requires/requiring/required} {assist/assistance/help/a walker/a cane/an/use of/two/one person/frequent/multiple} | presents to clinic with | presented to clinic with |
      presents to the clinic with | presents to the office with | returns to clinic with |
      returns to clinic for | came to clinic with | comes to clinic with | comes to the clinic with |
      came to the emergency room with | went to the emergency room with | prn naproxen | returned with
    `),
    holds: 'She presented to the ED with «fever».',
    fails: 'Present to the ED with «fever».',
  },
]
