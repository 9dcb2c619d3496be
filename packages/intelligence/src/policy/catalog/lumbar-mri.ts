import type { Policy } from '../policy.ts'

const analgesics = [
  'naproxen',
  'ibuprofen',
  'meloxicam',
  'diclofenac',
  'celecoxib',
  'etodolac',
  'ketorolac',
  'nabumetone',
  'indomethacin',
  'acetaminophen',
  'tylenol',
  'advil',
  'motrin',
  'aleve',
  'gabapentin',
  'pregabalin',
  'cyclobenzaprine',
  'flexeril',
  'methocarbamol',
  'tizanidine',
  'prednisone',
  'methylprednisolone',
  'duloxetine',
  'tramadol',
]

/** "Strength 5/5" says nothing where another muscle of the sentence has less. */
const onlyFull =
  '(?<![0-4][+-]?\\s?/5\\b[^;]{0,200})(?<!\\b(?:otherwise|except|upper|ue|arms?|grip)\\b[^.;]{0,40})'
const noLess = '(?![^;]{0,200}[0-4][+-]?\\s?/5)'
const legMuscle =
  '(?:dorsiflex(?:ion|ors?)|plantar-?flex(?:ion|ors?)|tibialis anterior|anterior tibialis|ehl|extensor hallucis(?: longus)?|great toe extension|toe extension|gastroc(?:nemius|s)?|quad(?:riceps|s)?|iliopsoas|hip flex(?:ion|ors?)|knee (?:extension|flexion)|hamstrings?|ankle (?:df|pf|eversion)|peroneals?|gluteus medius|hip abduct(?:ion|ors?))'

export const policy: Policy = {
  policyId: 'lumbar-spine-mri',
  title: 'MRI of the lumbar spine',
  version: '2026.2',
  effectiveFrom: '2020-01-01',
  procedureCodes: ['72148', '72149', '72158'],
  sources: {
    acr: {
      document: 'ACR Appropriateness Criteria: Low Back Pain',
      section: 'Variants 3 to 7',
      date: '2021',
      url: 'https://acsearch.acr.org/docs/69483/Narrative/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the variants of topic 141 and the abstract of the 2021 update',
      },
    },
    nass: {
      document: 'Choosing Wisely: North American Spine Society',
      section: 'advanced imaging within the first six weeks of acute low back pain',
      date: '2013',
      url: 'https://www.aafp.org/afp/recommendations/viewRecommendation.htm?recommendationId=127',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the recommendation with its list of red flags' },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'how far back payers usually look: half a year for care that failed, a year for the same study',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'lumbar_diagnosis',
      question: 'Is there a diagnosis of the lumbar spine that the study is to explain?',
      missing: 'a diagnosis of the lumbar spine on the order or the problem list (ICD-10-CM)',
      effort: 'document',
      sources: ['acr'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'M54.16',
              'M54.17',
              'M54.3',
              'M54.4',
              'M54.5',
              'M51.1',
              'M51.2',
              'M51.3',
              'M51.8',
              'M51.9',
              'M48.06',
              'M48.07',
              'M43.16',
              'M43.17',
              'M47.16',
              'M47.26',
              'M47.27',
              'M47.816',
              'M47.817',
              'M47.896',
              'M46.46',
              'M46.47',
              'G83.4',
              'S32.0',
              'S33.5',
            ],
          },
        ],
        words: ['lumbar', 'low(?:er)? back', 'lumbago', 'sciatica', 'cauda equina'],
        ...(from === 'conditions'
          ? {
              where:
                "verificationStatus.exists().not() or (verificationStatus in ('refuted' | 'entered-in-error')).not()",
            }
          : {}),
      })),
    },
    {
      criterionId: 'recent_lumbar_mri',
      question: 'Was the same region imaged by MRI within the last twelve months?',
      missing: 'the date and result of any lumbar MRI of the last year',
      effort: 'document',
      sources: ['ours'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['72148', '72149', '72158'] }],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 12, unit: 'months', source: 'ours' },
        },
      ],
    },
    {
      criterionId: 'cauda_equina',
      question: 'Are there signs of cauda equina syndrome?',
      missing: 'whether saddle anesthesia, urinary retention or incontinence are present',
      effort: 'examine',
      sources: ['acr'],
      coded: [
        {
          from: 'conditions',
          codes: [{ system: 'icd10cm', under: ['G83.4'] }],
          where: "clinicalStatus = 'active'",
          within: { value: 60, unit: 'days', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'sensation',
          terms: [
            'saddle (?:anesthesia|anaesthesia|hypoesthesia|paresthesias?|numbness|sensory loss|sx|symptoms)',
            '(?:decreased|reduced|absent) (?:rectal tone|perianal sensation)',
            '(?:rectal tone|anal wink|perianal sensation) (?:is |was )?(?:decreased|diminished|reduced|absent|lax)',
          ],
          contraryTerms: [
            '(?:normal|intact|good) (?:rectal tone|anal wink|perianal sensation)',
            '(?:rectal tone|anal wink|perianal sensation) (?:is |was )?(?:normal|intact|good|nl|wnl)',
          ],
        },
        {
          kind: 'finding',
          about: 'bladder and bowel',
          terms: [
            'urinary retention',
            'b/b (?:incontinence|dysfunction|changes|sx|symptoms)',
            'incontinence of (?:bowel|bladder|urine|stool)(?:(?: or | and |/)(?:bowel|bladder|urine|stool))?',
            '(?:bowel|bladder|urinary|fecal)(?:(?: or | and |/)(?:bowel|bladder))? (?:incontinence|dysfunction|retention|changes)',
            'loss of (?:control of )?(?:(?:his|her|their) )?(?:bowels?|bladder)(?:(?: or | and |/)(?:bowels?|bladder))?(?: control| function)?',
          ],
        },
      ],
    },
    {
      criterionId: 'motor_deficit',
      question: 'Is there a severe or progressive motor deficit?',
      missing: 'the strength of the legs on examination',
      effort: 'examine',
      sources: ['acr', 'nass'],
      notes: [
        {
          kind: 'finding',
          terms: [
            'foot drop',
            '(?:leg|lower extremity) weakness',
            'weakness (?:of|in) (?:the |both |his |her )?(?:left |right )?(?:leg|legs|foot|lower extremit(?:y|ies))',
            '(?:progressive|worsening|profound|severe) (?:motor )?weakness',
            'steppage gait',
            '(?:progressive|worsening|profound|severe) (?:(?:left|right|bilateral|[ls][1-5](?:-[ls]?[1-5])?|leg|foot) ){0,3}(?:motor|neurologic(?:al)?) (?:deficits?|loss|weakness)',
            '(?:motor|neurologic(?:al)?) deficits? (?:is |are |has been |have been )?(?:progress(?:ing|ive|ed)|worsen(?:ing|ed))',
            `${legMuscle}(?:(?!\\d[+-]?\\s?/5)[^.;]){0,30}?[ :(][0-3][+-]?\\s?/5`,
            `(?<!\\b(?:upper|ue|arms?|grip|deltoids?|biceps|triceps|shoulders?|hands?|wrists?)\\b[^.;]{0,30})(?:strength|extension|flexion)(?:(?!\\d[+-]?\\s?/5|\\b(?:upper|ue|arms?|grip|deltoids?|biceps|triceps|shoulders?|hands?|wrists?)\\b)[^.;]){0,30}? [0-3][+-]?\\s?/5`,
            `(?<![\\d./-])[0-3][+-]?\\s?/5 (?:strength )?(?:in |of |with |with resisted |for )?(?:the )?(?:left |right |l |r )?${legMuscle}`,
          ],
          contraryTerms: [
            `${onlyFull}(?:strength|motor(?: exam)?|mmt|le|lower extremit(?:y|ies)|legs?|${legMuscle})[^.;]{0,40}?[ :]5\\s?/5${noLess}`,
            `${onlyFull}5\\s?/5 (?:strength |motor )?(?:in |throughout |to |of )?(?:the )?(?:both|bilat(?:eral(?:ly)?)?|b/l|all|ble|les?|lower|throughout)${noLess}`,
            '(?:no|without|w/o|denies)(?: any)?(?: focal| gross| new)? (?:motor|neurologic(?:al)?) (?:deficits?|weakness)',
            '(?:no|without|w/o|denies)(?: any)?(?: focal| new| leg| lower extremity| le| bilateral| numbness or| numbness,)? weakness',
            'motor (?:exam |function |strength )?(?:is |was )?(?:grossly )?(?:intact|normal|nl|wnl)',
            '(?<!\\b(?:upper|ue|arm|grip) )strength (?:is |was )?(?:intact|normal|full|symmetric(?:al)?|wnl|nl)(?! (?:except|other))',
            '(?:heel|toe)(?:[ /-]+(?:and[ -])?(?:heel|toe))?[ -]walk(?:ing|s)? (?:is |was |are )?(?:normal|nl|intact|wnl|without difficulty|w/o difficulty)',
          ],
        },
      ],
    },
    {
      criterionId: 'cancer',
      question: 'Is cancer known or suspected?',
      missing: 'whether there is a history of cancer or unexplained weight loss',
      effort: 'document',
      sources: ['acr', 'nass'],
      coded: [
        {
          from: 'conditions',
          about: 'cancer',
          codes: [{ system: 'icd10cm', under: ['C', 'Z85'] }],
          where:
            "verificationStatus.exists().not() or (verificationStatus in ('refuted' | 'entered-in-error')).not()",
        },
      ],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          about: 'cancer',
          terms: [
            '(?:history of|hx of|hx|h/o) (?:[a-z]+ ){0,2}(?:cancer|malignancy|carcinoma|lymphoma|melanoma|myeloma|leukemia)(?! screening)',
            '(?:breast|lung|prostate|colon|rectal|renal|kidney|thyroid|ovarian|bladder) (?:cancer|carcinoma|ca),? (?:s/p|status post|dx|diagnosed|treated|in remission|stage)',
            'cancer survivor',
            'multiple myeloma',
            'metasta(?:sis|ses|tic (?:disease|cancer|carcinoma))',
          ],
          contraryTerms: [
            '(?:no|denies)(?: any)? (?:known |personal |prior |past |previous )*(?:history of |hx of |hx |h/o |pmh of |history )?(?:cancers?|malignanc(?:y|ies)|ca)(?! (?:risks?|screening))',
            'never (?:had|been diagnosed with|been treated for)(?: any)? (?:cancer|malignancy)',
            '(?<!\\bfamily (?:history of |hx of |hx )?)(?:cancer|malignancy)(?: hx| history)?(?: \\(-\\)|: ?(?:none|no|denie[sd]|neg(?:ative)?))',
            'neg(?:ative)? for (?:[a-z ]+, ){0,4}(?:or )?(?:personal )?(?:history of |hx of |hx |h/o )?(?:cancer|malignancy)',
          ],
        },
        {
          kind: 'finding',
          about: 'weight loss',
          terms: ['(?:unexplained|unintentional|unintended) weight loss'],
        },
      ],
    },
    {
      criterionId: 'infection',
      question:
        'Is an infection of the spine suspected (fever, drug injection, immune suppression)?',
      missing: 'whether there is fever, intravenous drug use or immune suppression',
      effort: 'document',
      sources: ['acr', 'nass'],
      notes: [
        {
          kind: 'finding',
          about: 'fever',
          terms: ['fevers?'],
          contraryTerms: ['afebrile'],
        },
        {
          kind: 'finding',
          about: 'drug injection',
          terms: [
            '(?:intravenous|iv|injection) drug (?:use|abuse)',
            'ivd[ua]',
            'injects (?:heroin|drugs)',
          ],
        },
        {
          kind: 'finding',
          about: 'immune suppression',
          terms: ['immun(?:o|e )suppress(?:ed|ion)', 'immunocompromised?'],
        },
        {
          kind: 'finding',
          about: 'infection',
          terms: ['discitis', 'epidural abscess', 'osteomyelitis', 'bacteremia'],
        },
      ],
    },
    {
      criterionId: 'fracture_risk',
      question:
        'Is there significant trauma, or a fracture risk such as osteoporosis or long steroid use?',
      missing: 'whether there was trauma, osteoporosis or long steroid use',
      effort: 'document',
      sources: ['acr', 'nass'],
      coded: [
        {
          from: 'conditions',
          about: 'bone',
          codes: [{ system: 'icd10cm', under: ['M80', 'M81', 'S32.0'] }],
          where: "clinicalStatus = 'active'",
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'trauma',
          terms: [
            '(?:recent |significant |major )?trauma',
            'motor vehicle (?:accident|collision)',
            'mvc',
            'mva',
            '(?:fall|fell) (?:from|off) (?:a |the |his |her )?(?:height|ladder|roof)',
          ],
        },
        { kind: 'finding', about: 'bone', terms: ['osteoporosis', 'compression fractures?'] },
        {
          kind: 'finding',
          about: 'steroids',
          terms: [
            '(?:chronic|prolonged|long[- ]term) (?:oral )?(?:steroids?|corticosteroids?|prednisone)(?: use| therapy)?',
          ],
        },
      ],
    },
    {
      criterionId: 'active_therapy',
      question:
        'Has the patient completed at least six weeks of physical therapy, home exercise or chiropractic care in the last six months?',
      missing: 'how many weeks of physical therapy or home exercise were completed, and when',
      effort: 'document',
      sources: ['acr', 'nass'],
      coded: [
        {
          from: 'procedures',
          codes: [
            {
              system: 'cpt',
              codes: [
                '97110',
                '97112',
                '97113',
                '97140',
                '97150',
                '97161',
                '97162',
                '97163',
                '97530',
                '98940',
                '98941',
                '98942',
              ],
            },
          ],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          lasting: { value: 6, unit: 'weeks', source: 'acr' },
          within: { value: 6, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          // Eight weeks for the neck are none for the back.
          site: 'low_back',
          lasting: { value: 6, unit: 'weeks', source: 'acr' },
          within: { value: 6, unit: 'months', source: 'ours' },
          terms: [
            'physical therapy',
            'physiotherapy',
            'pt',
            // Of none at all, the plain word is enough.
            '(?<=\\b(?:no|any|denies) )(?:therapy|rehab(?:ilitation)?|home program|exercise program)',
            'home exercises?(?: program)?',
            'hep',
            'chiro(?:pract(?:ic|or)(?: care| treatments?| adjustments?)?)?',
            '(?:supervised|formal|outpatient) therapy',
            'conservative (?:care|therapy|treatment|management)',
          ],
          widerTerms: ['therapy', 'exercises?', 'rehab(?:ilitation)?'],
        },
      ],
    },
    {
      criterionId: 'medication_trial',
      question: 'Has the patient tried medication for the pain?',
      missing: 'which pain medication was tried, and for how long',
      effort: 'document',
      sources: ['acr'],
      coded: [
        {
          from: 'medications',
          words: analgesics,
          where:
            "status.exists().not() or (status in ('cancelled' | 'draft' | 'entered-in-error')).not()",
          within: { value: 6, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          within: { value: 6, unit: 'months', source: 'ours' },
          terms: [
            'nsaids?',
            'anti-?inflammator(?:y|ies)',
            ...analgesics,
            'muscle relaxants?',
            'analgesics?',
          ],
          widerTerms: ['medications?', 'pain relievers?', 'over[- ]the[- ]counter'],
        },
      ],
    },
  ],
  always: {
    all: [{ criterion: 'lumbar_diagnosis' }, { unless: { criterion: 'recent_lumbar_mri' } }],
  },
  pathways: [
    {
      pathwayId: 'red_flag',
      label: 'A red flag',
      rule: {
        any: [
          { criterion: 'cauda_equina' },
          { criterion: 'motor_deficit' },
          { criterion: 'cancer' },
          { criterion: 'infection' },
          { criterion: 'fracture_risk' },
        ],
      },
    },
    {
      pathwayId: 'conservative_care',
      label: 'Conservative care that failed',
      rule: { all: [{ criterion: 'active_therapy' }, { criterion: 'medication_trial' }] },
    },
  ],
}
