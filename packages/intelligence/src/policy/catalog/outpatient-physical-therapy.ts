import type { Policy } from '../policy.ts'
import { functionalFreedom, functionalLimits } from '../vocabulary.ts'

const treatments = ['97110', '97112', '97113', '97116', '97140', '97150', '97530', '97535']

const noGoal = '(?<!\\b(?:ltgs?|stgs?|goals?)\\b[^.;\n]{0,160})'

/** What is absent stands before the measure in the same list: "no effusion, flexion 105 deg". */
const besideNone = '(?:(?:no|without|w/o)\\b[^.;]{0,80}?,\\s?)?'

const noDose =
  '(?<!\\b(?:weight|a1c|pressure|bp|dose|glucose|smok(?:es?|ing)|packs?)\\b[^.;]{0,60})'

/** What the patient could do before is not what is asked. */
const now =
  '(?<!\\b(?:plof|prior level of function|prior to|before|previously|formerly|used to|premorbid|baseline)\\b[^.;]{0,60})'

export const policy: Policy = {
  policyId: 'outpatient-physical-therapy',
  title: 'Outpatient physical therapy',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: treatments,
  sources: {
    plan: {
      document: 'Medicare Benefit Policy Manual, chapter 15',
      section: '220.1.2: contents of the plan of care; 220.1.3: certified for at most 90 days',
      date: '2014',
      url: 'https://old.bansdoc.gov.bd/eBook/42/files/basic-html/page177.html',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'pages 168, 177 and 178 of a public copy of an older edition',
      },
    },
    novitas: {
      document: 'Novitas Solutions: therapy documentation checklist',
      section: 'diagnoses, long-term goals, type, amount, duration, frequency',
      date: '2025',
      url: 'https://www.novitas-solutions.com/webcenter/portal/MedicareJH/pagebyid?contentId=00177347',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the section on the plan of care' },
    },
    necessity: {
      document: 'Medicare Benefit Policy Manual, chapter 15',
      section: '220.2: rehabilitative therapy, objective measures, skill; 220.2 D: maintenance',
      date: '2014',
      url: 'https://old.bansdoc.gov.bd/eBook/42/files/basic-html/page189.html',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'pages 188 and 189 of a public copy of an older edition' },
    },
    jimmo: {
      document: 'CMS Transmittal 179 (Change Request 8458), after Jimmo v. Sebelius',
      section: 'coverage turns on the need for skill, not on the potential to improve',
      date: '2014-01-14',
      url: 'https://abcdocz.com/doc/295493/cms-manual-system-pub-100-02-medicare-benefit-policy',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the summary of changes' },
    },
    progress: {
      document: 'Medicare Benefit Policy Manual, chapter 15',
      section: '220.3: progress report, with the extent of progress toward each goal',
      date: '2014',
      url: 'https://old.bansdoc.gov.bd/eBook/42/files/basic-html/page204.html',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'page 204 of a public copy of an older edition' },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'progress is asked for after ten treatment days (the rhythm of Medicare progress reports, from memory: the passage was not read)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'treated_diagnosis',
      question: 'Is there a diagnosis that therapy treats?',
      missing: 'the diagnosis that is treated, on the order or the problem list (ICD-10-CM)',
      effort: 'document',
      sources: ['plan', 'novitas'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'M',
              'S',
              'G20',
              'G35',
              'G81',
              'G82',
              'I69',
              'R26',
              'R29.6',
              'Z47',
              'Z48.8',
              'Z96.6',
            ],
          },
        ],
        ...(from === 'conditions'
          ? {
              where:
                "clinicalStatus = 'active' and (verificationStatus.exists().not() or (verificationStatus in ('refuted' | 'entered-in-error')).not())",
            }
          : {}),
      })),
    },
    {
      criterionId: 'functional_limitation',
      question: 'Is a loss of function described (walking, stairs, lifting, dressing, falls)?',
      missing: 'what the patient cannot do because of the condition',
      effort: 'document',
      sources: ['plan', 'necessity'],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:unable|not able|no longer able|inability) to (?:walk|climb|lift|reach|carry|squat|stand|rise|get up|dress|drive|transfer|sleep|work|return to work|don)',
            '(?:cannot|can not|can no longer|can only) (?:walk|climb|lift|reach|carry|squat|stand|get up|dress|drive|transfer)',
            '(?:difficulty|trouble) (?:with )?(?:walking|climbing|ascending|descending|stairs|ambulating|ambulation|gait|lifting|reaching|overhead|carrying|rising|standing|squatting|dressing|transfers?|transferring|driving|adls?|activities of daily living)',
            '(?:limits?|limiting|limited|interferes? with|interfering with|impairs?) (?:[a-z]+ ){0,4}(?:adls?|activities of daily living|daily activities|walking|ambulation|stairs|mobility|lifting|reaching)',
            'functional (?:limitations?|deficits?|impairments?)',
            'requires (?:minimal|moderate|maximal|min|mod|max) assist(?:ance)?',
            '(?:two|three|four|[2-9]) falls',
            'pain (?:with |when |going |on )*(?:(?:up|down|climbing|ascending|descending|walking) )*stairs',
            ...functionalLimits,
            '(?:cannot|can not|can.t|unable to) (?:[a-z]+ ){1,5}(?:for )?(?:more|longer|further) than (?:an?|one|half|\\d+)(?: an| a)? (?:hours?|minutes?|mins?|blocks?|miles?)',
          ],
          contraryTerms: [
            `${now}(?:independent|independently) (?:with|in) (?:all )?(?:adls?|activities of daily living|mobility|functional mobility)`,
            'full function',
            ...functionalFreedom.map((term) => `${now}${term}`),
            'returned to (?:all )?(?:prior|full|normal) (?:level of )?(?:function|activities|activity)',
          ],
        },
      ],
    },
    {
      criterionId: 'objective_measure',
      question: 'Is function or impairment measured (degrees, strength, gait speed, a score)?',
      missing: 'a measure that can be repeated: range in degrees, strength, TUG, LEFS, ODI',
      effort: 'examine',
      sources: ['necessity'],
      notes: [
        {
          kind: 'finding',
          terms: [
            `${besideNone}${noGoal}(?:flexion|extension|flex|ext|abduction|abd|rotation|er|ir|dorsiflexion|plantarflexion|df|pf|[ap]?rom)[^.;]{0,25}?\\b\\d{1,3}\\s?(?:degrees|degs?|°)`,
            `${besideNone}${noGoal}[ap]?rom(?: [a-z]+){0,3}:? \\d{1,2}\\s?(?:-|to|–)\\s?\\d{2,3}`,
            `${besideNone}${noGoal}(?:strength|mmt|quadriceps|quads?|flexion|flex|abduction|dorsiflexion|gluteus medius|er|df)[^.;]{0,30}? [0-5][+-]?\\s?/5`,
            `${besideNone}${noGoal}(?:tug|timed up and go|5xsts|5tsts|(?:30[ -]?s(?:ec)?|five times|5 times) (?:sit[ -]to[ -]stand|sts)|6mwt|six[- ]minute walk|gait speed|berg(?: balance)?(?: scale| score)?|mini-?bestest|dgi|fga|sppb|tinetti|lefs|odi|oswestry|dash|quickdash|spadi|ndi|koos|hoos|womac|ikdc|faam|psfs|fgi|abc scale|(?:single leg|sl|tandem) (?:stance|heel raises?))[^.;]{0,25}? \\d{1,3}`,
          ],
        },
      ],
    },
    {
      criterionId: 'skilled_need',
      question: 'Does the treatment need the skill of a therapist?',
      missing:
        "why it takes a therapist: what is assessed, progressed or made safe by the therapist's skill",
      effort: 'document',
      sources: ['necessity', 'jimmo'],
      notes: [
        {
          kind: 'finding',
          terms: [
            'skilled (?:maintenance|physical therapy|pt|therapy|intervention|instruction|care|services|cueing|progression|need)',
            '(?:requires?|needs?|necessitates?) (?:the )?(?:skills?|expertise) of (?:a |the )?(?:licensed |qualified |physical )*(?:therapist|pt)',
            'manual therapy',
            'neuromuscular re-?education',
            'gait training',
            'joint mobilizations?',
            'vestibular rehabilitation',
          ],
          contraryTerms: [
            'general (?:conditioning|fitness|exercise|wellness)',
            'gym (?:program|membership)',
            'independent(?:ly)? (?:with|in) (?:a |the |his |her |their )?(?:hep|home exercise program)',
            '(?:can|could) be (?:performed|done|carried out) (?:independently|safely at home|by (?:the )?(?:patient|family|caregiver|aide))',
            'no (?:further |ongoing )?skilled (?:need|care|therapy|services?|pt)',
          ],
        },
      ],
    },
    {
      criterionId: 'goals',
      question: 'Does the plan of care set long-term goals?',
      missing: 'long-term goals that can be measured and belong to the loss of function',
      effort: 'document',
      sources: ['plan', 'novitas'],
      notes: [
        {
          kind: 'finding',
          terms: [
            // Those that are met, or that progress is made toward, are not the goals of what is asked for.
            '(?<!(?:toward|towards|to|of|all) (?:the )?)long[- ]?term goals?(?! (?:(?:are |were |have been |all )*(?:partially )?met|(?:is |are |was |were |have )?not\\b))',
            'ltgs?(?! (?:are |were |have been |all )*(?:partially )?met)',
            'goals?[^.;]{0,20}? (?:in|within|by) \\d{1,2} (?:weeks|wks|visits)',
            'patient will (?:be able to )?(?:walk|ambulate|climb|lift|reach|carry|perform|demonstrate|improve|increase|transfer|maintain|negotiate|score|achieve)[^.;]{0,80}? (?:in|within|by) \\d{1,2} (?:weeks|wks|visits|sessions)',
          ],
          contraryTerms: [
            'no (?:measurable |long[- ]term |documented )?goals?',
            'goals? (?:not|to be) (?:set|determined)',
          ],
        },
      ],
    },
    {
      criterionId: 'frequency_duration',
      question: 'Does the plan say how often and for how long?',
      missing: 'frequency and duration of treatment, such as twice a week for six weeks',
      effort: 'document',
      sources: ['plan', 'novitas'],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:[1-7](?:-[1-7])?|one|two|three|four|five)\\s?(?:x|times|visits|sessions)\\s?(?:(?:/|per|a|each)\\s?(?:week|wk)|weekly|wkly)\\s?(?:x|for|,)?\\s?(?:\\d{1,2}(?:-\\d{1,2})?|two|three|four|five|six|eight|ten|twelve)\\s?(?:weeks?|wks?|visits|months?|mos?)',
            '(?:once|twice) (?:a |per |each )?(?:week|weekly|wk|month|monthly) (?:for|x) (?:\\d{1,2}(?:-\\d{1,2})?|two|three|four|five|six|eight|ten|twelve) (?:weeks?|wks?|visits|months?|mos?)',
            '(?:\\d{1,2}(?:-\\d{1,2})?|two|three|four|five|six|eight|ten|twelve) (?:visits|sessions) (?:over|in|x) (?:the next )?(?:\\d{1,2}(?:-\\d{1,2})?|two|three|four|five|six|eight|ten|twelve) (?:weeks?|wks?|months?)',
            '(?:frequency|freq):? (?:[1-7](?:-[1-7])?|once|twice)\\s?(?:x|times)?\\s?(?:(?:/|per|a)\\s?(?:week|wk)|weekly),? duration:? (?:\\d{1,2}(?:-\\d{1,2})?|two|three|four|five|six|eight|ten|twelve) (?:weeks?|wks?|months?|visits)',
            '(?:frequency|freq)[^.;]{0,30}?[ /](?:week|wk|month)[^.;]{0,20}?[,;]\\s?duration[^.;]{0,20}? (?:weeks|wks|months|visits)',
          ],
          contraryTerms: [
            '(?:frequency|duration)(?: and duration)?:? (?:to be determined|tbd|as needed|prn)',
          ],
        },
      ],
    },
    {
      criterionId: 'plan_of_care',
      question: 'Has a physician or practitioner certified a plan of care?',
      missing: 'the plan of care with the signature and date of the physician',
      effort: 'document',
      sources: ['plan'],
      notes: [
        {
          kind: 'finding',
          // An older note may carry the signature; the pathways ask how old it is.
          when: 'ever',
          terms: [
            '(?:plan of care|poc)(?: (?:for|dated|of) [a-z0-9 /]{1,30}?)? (?:was |is |has been )?(?:reviewed and )?(?:re)?(?:certified|co-?signed|signed|approved)',
            '(?:plan of care|poc) (?:re)?cert(?:ification)? (?:was |is |has been )?(?:e-?signed|signed|received|obtained|on file)(?! by (?:the )?(?:therapist|pt|dpt))',
            '(?:reviewed and |i )?(?:agree|concur) with (?:the |this |above )*(?:plan of care|poc)(?:(?!\\b(?:not|pending|awaiting|unsigned)\\b)[^;]){0,60}?(?:e-?signed|electronically signed|signed)',
            'signed (?:plan of care|poc) (?:was |is |has been )?(?:received|returned|on file|in chart|scanned)',
            'i certify (?:the need for )?(?:these|the) [^.;]{0,40}?(?:plan of care|poc)',
            '(?:i|physician|md|np|pa) (?:have |has )?(?:reviewed and )?(?:re)?(?:certified|certify|certifies|co-?signed|signed|approved|approve) (?:the |this |pt |therapy )*(?:plan of care|poc)',
          ],
          widerTerms: ['plan of care', 'poc'],
          contraryTerms: [
            '(?:plan of care|poc) (?:is |remains )?(?:unsigned|not (?:yet )?(?:signed|certified))',
            '(?:plan of care|poc) (?:has |is |was )?not (?:yet )?(?:been )?(?:e-?signed|signed|certified|returned)',
            '(?:plan of care|poc) (?:was |has been )?(?:sent|faxed)[^.;]{0,30}? for (?:signature|certification|cert)',
            '(?:awaiting|pending) (?:physician |md )?(?:signature|certification|cert)',
          ],
        },
      ],
    },
    {
      criterionId: 'treatment_day',
      question: 'Was therapy given within the last ninety days?',
      missing: 'the dates of the treatments so far',
      effort: 'document',
      sources: ['progress'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: treatments }],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 90, unit: 'days', source: 'plan' },
        },
      ],
    },
    {
      criterionId: 'progress_shown',
      question: 'Does a measure show progress toward the goals?',
      missing: 'the same measure then and now, and which goals are met',
      effort: 'examine',
      sources: ['progress', 'necessity'],
      notes: [
        {
          kind: 'finding',
          terms: [
            // Of a dose, of weight or of cigarettes it is no progress of function.
            `${noDose}from (?:[a-z]+ ){0,2}\\d[^.;]{0,25}? to (?:[a-z]+ ){0,2}\\d{1,3}(?!\\s?(?:mg|mcg|units?|packs?|pounds|lbs|kg|cigarettes))`,
            `(?:improved|progressed|advanced)[^.;]{0,40}? from (?:min|mod|max|minimal|moderate|maximal|contact guard)[^.;]{0,20}? to`,
            '(?:goal|stg|ltg)s?(?: (?:#?\\d|one|two))?(?: (?:is|was|are|has been|have been))? (?:partially )?met',
            '(?:good|steady|excellent|measurable|significant) (?:objective |functional |measurable )*(?:progress|gains?|improvements?) (?:toward|towards|to)',
          ],
          contraryTerms: [
            '(?:no|little|minimal|limited) (?:measurable |significant |objective )?(?:progress|change|improvement)',
            '(?<!\\b(?:no|not|without) (?:a )?)plateau(?:ed)?',
            '(?:unchanged|no change) (?:since|from) (?:the )?(?:initial|last|prior|previous) (?:evaluation|visit|report|assessment)',
          ],
        },
      ],
    },
    {
      criterionId: 'maintenance_program',
      question: 'Is this a maintenance program that keeps function or slows its loss?',
      missing: 'that the goal is to maintain function, and why that takes a therapist',
      effort: 'document',
      sources: ['jimmo', 'necessity'],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?<!health )(?:skilled )?maintenance (?:program|therapy)',
            '(?:maintain|maintaining|preserve) (?:current |her |his |their |present )*(?:function(?:al status)?|level of function|mobility|ambulation)',
            '(?:prevent|slow|preventing|slowing) (?:or slow )?(?:further )?(?:deterioration|decline|functional decline|loss of function)(?![^.;]{0,20}\\b(?:renal|kidney|cogniti(?:ve|on)|vision|weight)\\b)',
          ],
          contraryTerms: [
            'not (?:a |for )?(?:skilled )?maintenance',
            'rather than (?:for )?maintenance',
            'restorative(?:,| and)? not maintenance',
          ],
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'treated_diagnosis' },
      { criterion: 'functional_limitation' },
      { criterion: 'skilled_need' },
      { criterion: 'goals' },
      { criterion: 'frequency_duration' },
      {
        criterion: 'plan_of_care',
        within: { value: 90, unit: 'days', source: 'plan' },
      },
    ],
  },
  pathways: [
    {
      pathwayId: 'start',
      label: 'Start of therapy, measured',
      rule: {
        all: [
          { criterion: 'objective_measure' },
          {
            countOf: 'treatment_day',
            atMost: { value: 10, source: 'ours' },
            within: { value: 90, unit: 'days', source: 'plan' },
          },
        ],
      },
    },
    {
      pathwayId: 'continuation',
      label: 'Continued therapy with progress',
      rule: { all: [{ criterion: 'objective_measure' }, { criterion: 'progress_shown' }] },
    },
    {
      pathwayId: 'maintenance',
      label: 'Skilled maintenance: improvement is not asked for',
      rule: { criterion: 'maintenance_program' },
    },
  ],
}
