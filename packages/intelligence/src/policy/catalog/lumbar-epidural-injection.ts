import type { Policy } from '../policy.ts'

/** For the back, or at least not for something else that the note names. */
const medicines = [
  'nsaids?',
  'anti-?inflammator(?:y|ies)',
  'naproxen',
  'ibuprofen',
  'meloxicam',
  'diclofenac',
  'celecoxib',
  'celebrex',
  'mobic',
  'voltaren',
  'aleve',
  'advil',
  'motrin',
  'acetaminophen',
  'tylenol',
  'gabapentin',
  'pregabalin',
  'duloxetine',
  'cyclobenzaprine',
  'methocarbamol',
  'tizanidine',
].map(
  (term) =>
    `${term}(?![^.;]{0,25}\\bfor (?:his |her |their )?(?:migraines?|headaches?|diabetic|fevers?|dental|menstrual|cramps)\\b)`,
)

/** Behind a term: it was for another part of the body. */
const here =
  '(?![^.;]{0,30}\\b(?:for|of|to) (?:the |his |her |their |a |left |right )*(?:shoulders?|knees?|neck|cervical|hips?|hands?|wrists?|foot|feet|ankles?|elbows?)\\b)'

/** From half to all of the pain. */
const half = '(?:100|[5-9]\\d)(?:-\\d{2})?\\s?(?:%|percent)'
const quarter =
  '(?:(?<![\\d.-])(?:[3-9](?: 1/2|\\.\\d)?|1[0-2]|three|four|five|six|seven|eight|nine|ten|twelve)(?: full)? ?(?:months|mos?)|(?:1[2-9]|[2-5]\\d|twelve) (?:weeks|wks?))'
/** What is hoped for has not happened. */
const told =
  '(?<!\\b(?:hop(?:es?|ing)|expect(?:s|ed|ing)?|goal|aim|typically|usually|may|should|could|would|can|will)\\b[^.;]{0,60})'
/** An MRI of the neck explains no pain in the leg. */
const notNeck = '(?<!\\b(?:cervical|thoracic|c[2-7](?:-\\d)?)\\b[^.;]{0,40})'
const injection = '(?:epidurals?|injections?|esis?|(?:tf|il)esis?)'
/** Relief that the sentence owes to something else. */
const otherwise =
  '(?:gabapentin|pregabalin|duloxetine|naproxen|meloxicam|tramadol|therapy|pt|rfa|ablation|branch|facet|si joint|stimulator|surgery|decompression|knee|shoulder|hip|neck|cervical|trochanteric)'
const slr = '(?:straight leg rais(?:e|ing)|slr)(?: test)?'
const lessFelt =
  '(?:decreased|diminished|reduced) (?:light touch|sensation to light touch|sensation to pinprick|sensation|pinprick)(?: sensation)?'
const eased = '(?:relief|improvement|reduction|better|improved)'

export const policy: Policy = {
  policyId: 'lumbar-epidural-injection',
  title: 'Epidural steroid injection of the lumbar spine',
  version: '2026.1',
  off: 'its thresholds were read in public summaries of LCD L33906 and article A58777 only; compare them with your payer’s determination first',
  effectiveFrom: '2021-12-01',
  procedureCodes: ['62322', '62323', '64483', '64484'],
  sources: {
    lcd: {
      document: 'LCD L33906: Epidural Steroid Injections for Pain Management',
      section: 'indications, four weeks, scales, image guidance, four sessions, half the pain',
      date: '2025',
      url: 'https://verity.backworkai.com/policy/L33906',
      basis: 'published',
    },
    article: {
      document: 'Billing article A58777 (with LCD L39054)',
      section: 'at most four sessions per region in a rolling twelve months',
      date: '2025',
      url: 'https://verity.backworkai.com/policy/A58777',
      basis: 'published',
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'pain of 4 of 10 as the least to treat; care of the last half year; relief for three months (in the determinations from memory, not in the text that was read)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'radicular_diagnosis',
      question: 'Is there lumbar radiculopathy, radicular pain or neurogenic claudication?',
      missing:
        'the diagnosis behind the leg pain: radiculopathy, claudication, post-laminectomy syndrome',
      effort: 'document',
      sources: ['lcd'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            codes: ['M54.16', 'M54.17', 'M51.16', 'M51.17', 'M47.26', 'M47.27', 'M48.062', 'M96.1'],
          },
        ],
        words: [
          'lumb(?:ar|osacral) radicul(?:opathy|itis)',
          'radiculopathy,? lumb(?:ar|osacral)',
          'neurogenic claudication',
          'post-?laminectomy syndrome',
        ],
        ...(from === 'conditions'
          ? {
              where:
                "clinicalStatus = 'active' and (verificationStatus.exists().not() or (verificationStatus in ('refuted' | 'entered-in-error' | 'provisional')).not())",
            }
          : {}),
      })),
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:lumbar|lumbosacral|l[1-5]|s1) radicul(?:opathy|itis)',
            'radicul(?:opathy|itis) (?:at|of|in) (?:the )?(?:left |right )?(?:l[1-5]|s1|lumbar)',
            'radicular (?:leg |lower extremity |low back |le )?(?:pain|symptoms|sx)',
            'lumb(?:ar|osacral) radic',
            '(?<!\\b(?:history of|hx of|h/o|prior) )sciatica',
            'neurogenic claudication',
            'post-?laminectomy syndrome',
          ],
          widerTerms: ['(?:shooting|radiating) (?:leg )?pain'],
          contraryTerms: [
            '(?:pain is )?axial (?:low back pain )?only',
            'non-?radicular',
            '(?:does not|without) radiat(?:e|ion|ing)',
          ],
        },
      ],
    },
    {
      criterionId: 'concordant_findings',
      question: 'Do examination or imaging show the nerve root or canal that explains the pain?',
      missing: 'the MRI, CT or examination that shows the nerve root concerned',
      effort: 'test',
      sources: ['lcd'],
      notes: [
        {
          kind: 'finding',
          about: 'imaging',
          when: 'ever',
          terms: [
            '(?:nerve|root|thecal sac|foraminal) (?:root )?(?:compression|impingement|displacement|contact)',
            '(?:compress(?:es|ing|ion of)|imping(?:es|ing) (?:on|upon)|displac(?:es|ing)|contact(?:s|ing)|abut(?:s|ting)) (?:of )?(?:the )?(?:left |right |traversing |exiting )*(?:l[1-5]|s1)(?: nerve)?(?: root)?',
            `${notNeck}(?:disc|disk) (?:herniation|extrusion|protrusion)(?![^.;]{0,20}\\b(?:c[2-7]|t\\d))`,
            `${notNeck}(?:moderate|severe|moderate[- ]to[- ]severe) (?:[a-z0-9/-]+ ){0,2}?(?:central|canal|spinal|foraminal|neuroforaminal|lateral recess|subarticular|lumbar)(?: (?!and|or)[a-z]+){0,2} stenosis(?![^.;]{0,20}\\b(?:c[2-7]|t\\d))`,
          ],
          contraryTerms: [
            'no (?:significant )?(?:nerve root (?:compression|impingement)|neural (?:compression|compromise|impingement)|(?:central |canal |foraminal |central or foraminal )?stenosis)',
          ],
        },
        {
          // Stenosis seldom stretches the nerve: a leg that is raised without pain says nothing against the picture.
          kind: 'finding',
          about: 'straight leg raise',
          when: 'ever',
          terms: [
            '(?:positive|pos|\\+) (?:left |right |l |r |bilateral |b/l )?(?:straight leg rais(?:e|ing)|slr)',
            `${slr}(?:(?!\\b(?:neg(?:ative)?|not|no|without|w/o|back pain|hamstrings?)\\b)[^.;]){0,30}? (?:positive|pos|reproduc(?:es|ed)|recreat(?:es|ed))(?! for (?:low )?back pain only)`,
            `${slr}(?: \\(\\+\\)| ?\\+)`,
          ],
          contraryTerms: [
            `${slr}(?: is| was| bilaterally| b/l)* (?:neg(?:ative)?|\\([-−]\\))`,
            '(?:negative|neg) (?:bilateral |b/l |left |right )?(?:straight leg rais(?:e|ing)|slr)',
          ],
        },
        {
          kind: 'finding',
          about: 'sensation',
          when: 'ever',
          terms: [
            `${lessFelt} (?:in|over|along) (?:the |an? )?(?:left |right |l |r )?(?:l[1-5]|s1)`,
            `${lessFelt} (?:[a-z]+ ){0,3}(?:l[1-5]|s1)(?:[-/][ls]?[1-5])? (?:distribution|dermatome)`,
          ],
        },
      ],
    },
    {
      criterionId: 'zoster_pain',
      question: 'Is the pain from herpes zoster of lumbar or sacral dermatomes?',
      missing: 'whether the pain follows herpes zoster',
      effort: 'document',
      sources: ['lcd'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [{ system: 'icd10cm', codes: ['B02.23', 'B02.29'] }],
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
      notes: [
        {
          kind: 'finding',
          terms: [
            'post-?herpetic neuralgia',
            '(?<!\\b(?:history of|hx of|h/o|prior|previous) )(?:acute )?herpes zoster(?! (?:vaccin|immuniz))',
            '(?<!\\b(?:history of|hx of|h/o|prior|previous) )shingles(?! (?:vaccin|immuniz|shot))',
            'zoster (?:pain|neuritis|rash|neuralgia)',
          ],
          contraryTerms: [
            'no (?:rash|vesicles|vesicular rash|skin lesions)',
            '(?:no|denies|denies any) history of (?:shingles|herpes zoster)',
          ],
        },
      ],
    },
    {
      criterionId: 'pain_scale',
      question: 'Is the pain measured on a scale, and at least moderate?',
      missing: 'a pain score of today, such as 7/10',
      effort: 'document',
      sources: ['lcd', 'ours'],
      notes: [
        {
          kind: 'measured',
          terms: [
            '(?<!\\b(?:shoulder|knee|neck|hip|chest|abdominal|arm|head) )pain (?:is |has gone |went )?(?:back|up|down) (?:up |down )?(?:to|at)',
            // The score of before is not that of today.
            '(?<!\\b(?:shoulder|knee|neck|hip|chest|abdominal|arm|head) )(?:pain|vas|nrs|nprs)(?: (?:score|level|scale|intensity|rating))?(?![^.;]{0,14}\\b(?:before|previously|initially|last)\\b)',
            'rates? (?:his|her|their|the)(?: (?:current|average|low back|leg|worst))* pain(?: (?:as|at))?',
            '(?:back|leg|lbp|pain|calf|thigh|foot|buttock)[^.;]{0,80}? (?:he|she|they|patient|pt) (?:grades?|rates?|scores?|puts?)(?: it)?(?: (?:as|at))?',
            '(?:(?:low )?back|leg|radicular) (?:pain )?(?:is )?(?:currently|today|now)',
            '(?<!\\b(?:shoulder|knee|neck|hip|chest|abdominal|arm|head) )pain (?:in|down) (?:the |his |her )?(?:left |right |low |lower |r |l )*(?:back|leg|calf|thigh|buttock)',
            'pain severity',
          ],
          value: { atLeast: { value: 4, unit: '1', source: 'ours' } },
          unitWords: ['/\\s?10', 'out of (?:10|ten)'],
        },
        {
          kind: 'measured',
          terms: ['(?:vas|nrs|nprs)(?: pain)?(?: score)?'],
          value: { atLeast: { value: 4, unit: '1', source: 'ours' } },
        },
      ],
    },
    {
      criterionId: 'four_weeks_care',
      question: 'Was conservative care tried for at least four weeks without enough relief?',
      missing: 'how many weeks of therapy, exercise or medication were tried, and when',
      effort: 'treat',
      sources: ['lcd'],
      coded: [
        {
          from: 'procedures',
          codes: [
            {
              system: 'cpt',
              codes: ['97110', '97112', '97113', '97140', '97530', '98940', '98941', '98942'],
            },
          ],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          lasting: { value: 4, unit: 'weeks', source: 'lcd' },
          within: { value: 6, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          site: 'low_back',
          lasting: { value: 4, unit: 'weeks', source: 'lcd' },
          within: { value: 6, unit: 'months', source: 'ours' },
          terms: [
            ...medicines,
            ...[
              'physical therapy',
              'pt',
              'supervised therapy',
              'formal therapy',
              'home exercises?(?: program)?',
              'hep',
            ].map((term) => `${term}${here}`),
            'chiropract(?:ic|or)(?: care| treatments?| adjustments?)?',
            'conservative (?:care|therapy|treatment|management|measures)',
          ],
          widerTerms: ['therapy', 'exercises?', 'medications?'],
        },
      ],
    },
    {
      criterionId: 'image_guidance',
      question: 'Is the injection ordered with fluoroscopy or CT?',
      missing: 'the guidance: 62323, 64483 and 64484 include it, 62322 goes without',
      effort: 'document',
      sources: ['lcd'],
      coded: [
        { from: 'order', codes: [{ system: 'cpt', codes: ['62323', '64483', '64484'] }] },
        { from: 'order', codes: [{ system: 'cpt', codes: ['62322'] }], stance: 'refutes' },
      ],
    },
    {
      criterionId: 'earlier_injection',
      question: 'Was the lumbar region injected epidurally within the last twelve months?',
      missing: 'the dates of earlier lumbar epidural injections, or that there were none',
      effort: 'document',
      sources: ['lcd', 'article'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['62322', '62323', '64483', '64484'] }],
          words: ['lumbar (?:transforaminal |interlaminar )?epidural'],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 12, unit: 'months', source: 'article' },
        },
      ],
      notes: [
        {
          // "Plan: epidural at L5-S1" names the one that is asked for: only words for an earlier one count.
          kind: 'finding',
          terms: [
            '(?:prior|previous|earlier|last|most recent|second|third) (?:(?!cervical|thoracic|labor)[a-z0-9-]+ ){0,3}?(?:epidural(?: steroid)?(?: injections?)?|esis?|tfesis?)(?![^.;]{0,40}\\b(?:19\\d\\d|20[01]\\d|years ago)\\b)',
            '(?:epidural(?: steroid)? injections?|esis?|tfesis?) (?:in the past|previously|last (?:month|year|fall|winter|spring|summer))',
          ],
        },
      ],
    },
    {
      criterionId: 'relief_before',
      question: 'Did the last injection take away at least half the pain for three months?',
      missing: 'how much the last injection helped, in percent, and for how long',
      effort: 'document',
      sources: ['lcd', 'ours'],
      notes: [
        {
          kind: 'finding',
          site: 'low_back',
          // Gabapentin may have helped too: the injection has to stand in the sentence, or nothing else, and the length of the relief.
          terms: [
            `${told}${injection}[^.;]{0,60}?${half}[^.;]{0,60}?${eased}[^.;]{0,60}?${quarter}`,
            `${told}${injection}[^.;]{0,60}?${eased}[^.;]{0,25}?${half}[^.;]{0,60}?${quarter}`,
            `${told}${half}[^.;]{0,40}?${eased}[^.;]{0,60}?${quarter}[^.;]{0,40}?${injection}`,
            `${told}(?<!\\b${otherwise}\\b[^;]{0,120})(?:got|had|obtained|experienced|received) (?:about |approximately |over |nearly |~)*${half} (?:pain )?${eased} (?:lasting|for|that lasted|x) (?:about |approximately |over |~|>)*${quarter}(?![^;]{0,60}\\b(?:from|with|w/|on|after|of|thanks to) (?:the |his |her )?${otherwise}\\b)`,
          ],
          widerTerms: ['(?:excellent|good|significant) relief'],
          contraryTerms: [
            `${injection}[^.;]{0,60}?(?<![\\d/.])(?:[1-4]\\d|[1-9])\\s?(?:%|percent) (?:[a-z]+ ){0,2}${eased}`,
            `${injection}[^.;]{0,60}?(?:no|little|minimal) (?:significant |lasting |sustained |meaningful )?(?:relief|benefit|improvement)`,
            `${injection}[^.;]{0,60}?${eased}[^.;]{0,25}?(?<![\\d/.-])(?:[1-9]|1[01]|one|two|three|four|five|six|a few|several|a) (?:days|weeks|week)`,
            `${injection}[^.;]{0,60}?${eased}[^.;]{0,25}?(?<![\\d/.-])(?:[12]|one|two|a) months?`,
          ],
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'image_guidance' },
      { criterion: 'pain_scale' },
      {
        // This one would be the fourth.
        countOf: 'earlier_injection',
        atMost: { value: 3, source: 'lcd' },
        within: { value: 12, unit: 'months', source: 'article' },
      },
    ],
  },
  pathways: [
    {
      pathwayId: 'first',
      label: 'First injection, after four weeks of care',
      rule: {
        all: [
          { criterion: 'radicular_diagnosis' },
          { criterion: 'concordant_findings' },
          { criterion: 'four_weeks_care' },
          {
            countOf: 'earlier_injection',
            atMost: { value: 0, source: 'lcd' },
            within: { value: 12, unit: 'months', source: 'article' },
          },
        ],
      },
    },
    {
      pathwayId: 'repeat',
      label: 'Another injection after one that helped',
      rule: {
        all: [
          { criterion: 'radicular_diagnosis' },
          {
            criterion: 'earlier_injection',
            within: { value: 12, unit: 'months', source: 'article' },
          },
          { criterion: 'relief_before' },
        ],
      },
    },
    {
      pathwayId: 'zoster',
      label: 'Herpes zoster, without the four weeks',
      rule: { criterion: 'zoster_pain' },
    },
  ],
}
