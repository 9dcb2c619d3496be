import type { Policy } from '../policy.ts'

/**
 * Six weeks: the American College of Radiology rates lumbar MRI usually appropriate for low back pain that persists or progresses
 * during or after six weeks of optimal medical management, and usually not appropriate before, without a red flag.
 */
const conservativeWeeks = 6
/** A plan usually looks back half a year for the care that failed: default of this rule set, not a published number. */
const therapyWindowDays = 183
/** An earlier study of the same region within a year is taken for a duplicate: default of this rule set. */
const duplicateWindowDays = 365

const therapyCodes =
  "('97110'|'97112'|'97113'|'97140'|'97150'|'97161'|'97162'|'97163'|'97530'|'98940'|'98941')"
const lumbarMriCodes = "('72148'|'72149'|'72158')"
const analgesics =
  'naproxen|ibuprofen|meloxicam|diclofenac|celecoxib|etodolac|ketorolac|nabumetone|indomethacin|acetaminophen|gabapentin|pregabalin|cyclobenzaprine|methocarbamol|tizanidine|prednisone|methylprednisolone|duloxetine|tramadol'

/** ICD-10-CM of the lumbar spine and of the radicular pain that an MRI explains, with or without the dot. */
const lumbarDiagnoses =
  '^(M54\\\\.?(1[67]|3|4|5)|M51\\\\.?[0-9]|M48\\\\.?06|M43\\\\.?1[67]|M47\\\\.?[128][67]|M99\\\\.?[2-7]3|G83\\\\.?4|S32\\\\.?0|S33\\\\.?5|M46\\\\.?4[67])'

export const lumbarMri: Policy = {
  policyId: 'lumbar-spine-mri',
  title: 'MRI of the lumbar spine',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: ['72148', '72149', '72158'],
  citations: [
    {
      document: 'ACR Appropriateness Criteria: Low Back Pain',
      section: 'Variants 1 to 6',
      date: '2021',
      url: 'https://acsearch.acr.org/docs/69483/Narrative/',
    },
    {
      document: 'Choosing Wisely, American Academy of Family Physicians: imaging for low back pain',
      section: 'no imaging within the first six weeks, unless red flags are present',
      date: '2012',
    },
  ],
  criteria: [
    {
      criterionId: 'lumbar_diagnosis',
      question: 'Is there a diagnosis of the lumbar spine that the study is to explain?',
      missing: 'a diagnosis of the lumbar spine on the order or the problem list (ICD-10-CM)',
      structured: [
        {
          select: `orders.reasons.codings.where(code.matches('${lumbarDiagnoses}'))`,
          path: 'ServiceRequest.reasonCode',
          reads: ['ServiceRequest'],
        },
        {
          select: `conditions.where(code.codings.where(code.matches('${lumbarDiagnoses}')).exists() and (verificationStatus.exists().not() or verificationStatus != 'refuted'))`,
          path: 'Condition.code',
          reads: ['Condition'],
        },
        {
          select:
            "conditions.where(code.text.exists() and code.text.lower().matches('(lumbar|low back|lumbago|sciatica|cauda equina)'))",
          path: 'Condition.code.text',
          reads: ['Condition'],
          basis: 'text',
        },
      ],
    },
    {
      criterionId: 'recent_lumbar_mri',
      question: 'Was the same region imaged by MRI within the last twelve months?',
      missing: 'the date and result of any lumbar MRI of the last year',
      silence: 'not_met',
      structured: [
        {
          select: `procedures.where(code.codings.where(code in ${lumbarMriCodes}).exists() and (status.exists().not() or status = 'completed'))`,
          path: 'Procedure.code',
          reads: ['Procedure'],
          withinDays: duplicateWindowDays,
        },
      ],
    },
    {
      criterionId: 'cauda_equina',
      question: 'Are there signs of cauda equina syndrome?',
      missing: 'whether saddle anesthesia, urinary retention or incontinence are present',
      structured: [
        {
          select:
            "conditions.where(code.codings.where(code.matches('^G83\\\\.?4')).exists() and clinicalStatus = 'active')",
          path: 'Condition.code',
          reads: ['Condition'],
          withinDays: 60,
        },
      ],
      notes: {
        kind: 'finding',
        terms: [
          'saddle (?:anesthesia|anaesthesia|paresthesia|numbness)',
          'urinary retention',
          '(?:bowel|bladder|urinary|fecal)(?: (?:or|and) (?:bowel|bladder))? (?:incontinence|dysfunction|retention)',
          'loss of (?:bowel|bladder)(?: (?:or|and) (?:bowel|bladder))? control',
          '(?:decreased|reduced|absent) (?:rectal tone|perianal sensation)',
          '(?:rectal tone|perianal sensation) (?:is |was )?(?:decreased|reduced|absent)',
        ],
      },
    },
    {
      criterionId: 'motor_deficit',
      question: 'Is there a severe or progressive motor deficit?',
      missing: 'the strength of the legs on examination',
      notes: {
        kind: 'finding',
        terms: [
          'foot drop',
          'leg weakness',
          'weakness (?:of|in) (?:the |both |his |her )?(?:left |right )?(?:leg|legs|foot|lower extremit(?:y|ies))',
          '(?:progressive|worsening|profound|severe) (?:motor )?weakness',
          '(?:dorsiflexion|plantarflexion|strength|quadriceps|extension|flexion)[^.]{0,30}? [0-3]\\/5',
        ],
        contraryTerms: [
          'strength[^.]{0,40}? 5\\/5',
          '(?:no|without) (?:focal )?motor deficits?',
          'motor (?:exam )?(?:is )?intact',
        ],
      },
    },
    {
      criterionId: 'cancer',
      question: 'Is cancer known or suspected?',
      missing: 'whether there is a history of cancer or unexplained weight loss',
      structured: [
        {
          select: "conditions.where(code.codings.where(code.matches('^(C[0-9]|Z85)')).exists())",
          path: 'Condition.code',
          reads: ['Condition'],
        },
      ],
      notes: {
        kind: 'finding',
        terms: [
          '(?:history|hx) of (?:[a-z]+ ){0,2}(?:cancer|malignancy|carcinoma|lymphoma)',
          'metasta(?:sis|ses|tic disease)',
          'unexplained weight loss',
        ],
      },
    },
    {
      criterionId: 'infection',
      question:
        'Is an infection of the spine suspected (fever, drug injection, immune suppression)?',
      missing: 'whether there is fever, intravenous drug use or immune suppression',
      notes: {
        kind: 'finding',
        terms: [
          'fevers?',
          'intravenous drug use',
          'iv drug use',
          'ivdu',
          'discitis',
          'epidural abscess',
          'osteomyelitis',
          'bacteremia',
        ],
        contraryTerms: ['afebrile'],
      },
    },
    {
      criterionId: 'fracture_risk',
      question:
        'Is there significant trauma, or a fracture risk such as osteoporosis or long steroid use?',
      missing: 'whether there was trauma, osteoporosis or long steroid use',
      structured: [
        {
          select:
            "conditions.where(code.codings.where(code.matches('^(M80|M81|S32\\\\.?0)')).exists() and clinicalStatus = 'active')",
          path: 'Condition.code',
          reads: ['Condition'],
        },
      ],
      notes: {
        kind: 'finding',
        terms: [
          '(?:recent |significant |major )?trauma',
          'motor vehicle (?:accident|collision)',
          'fall from (?:a )?height',
          'osteoporosis',
          '(?:chronic|prolonged|long-term) (?:steroid|corticosteroid) use',
          'compression fracture',
        ],
      },
    },
    {
      criterionId: 'active_therapy',
      question: `Has the patient completed at least ${conservativeWeeks} weeks of physical therapy, home exercise or chiropractic care in the last six months?`,
      missing: `how many weeks of physical therapy or home exercise were completed, and when`,
      structured: [
        {
          select: `procedures.where(code.codings.where(code in ${therapyCodes}).exists() and (status.exists().not() or status = 'completed' or status = 'in-progress'))`,
          path: 'Procedure.code',
          reads: ['Procedure'],
          spanDays: conservativeWeeks * 7,
          withinDays: therapyWindowDays,
        },
      ],
      notes: {
        kind: 'done',
        minWeeks: conservativeWeeks,
        terms: [
          'physical therapy',
          'physiotherapy',
          'pt',
          'home exercises?(?: program)?',
          'chiropractic(?: care| treatment)?',
          'conservative (?:care|therapy|treatment|management)',
        ],
      },
    },
    {
      criterionId: 'medication_trial',
      question: 'Has the patient tried medication for the pain?',
      missing: 'which pain medication was tried, and for how long',
      structured: [
        {
          select: `medications.where((medication.text.exists() and medication.text.lower().matches('(${analgesics})')) or medication.codings.where(display.exists() and display.lower().matches('(${analgesics})')).exists())`,
          path: 'MedicationRequest.medication',
          reads: ['MedicationRequest'],
          withinDays: therapyWindowDays,
        },
      ],
      notes: {
        kind: 'done',
        terms: [
          'nsaids?',
          'anti-?inflammator(?:y|ies)',
          ...analgesics.split('|'),
          'muscle relaxants?',
        ],
      },
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
