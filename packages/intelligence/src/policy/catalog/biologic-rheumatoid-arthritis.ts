import type { Policy } from '../policy.ts'

const others = [
  'leflunomide',
  'arava',
  'sulfasalazine',
  'azulfidine',
  'hydroxychloroquine',
  'plaquenil',
]

/** Those given at home, and rituximab: none of them is what this policy's codes order, so one on the list is a second one. */
const rivals = [
  'adalimumab',
  'humira',
  'etanercept',
  'enbrel',
  'certolizumab',
  'cimzia',
  'rituximab',
  'rituxan',
  'sarilumab',
  'kevzara',
  'anakinra',
  'kineret',
  'tofacitinib',
  'xeljanz',
  'baricitinib',
  'olumiant',
  'upadacitinib',
  'rinvoq',
]
const rival = `(?:${rivals.join('|')})`

/** "Target CDAI 10" and "CDAI 12 last year" are not the score of today. */
const noTarget =
  '(?<!\\b(?:goal|target|aim|below|until|prior|previous|last|initial|baseline)\\b[^.;]{0,25})'
const notThen =
  '(?![^;(]{0,24}?\\b(?:last|ago|before|previously|initially|at diagnosis|at baseline|in (?:19|20)\\d\\d)\\b)'

const forJoints =
  '(?![^.;]{0,60}\\bfor (?:her |his |an )?(?:ectopic|psoriasis|cancer|lymphoma|leukemia|crohn)\\b)'

const tbTest =
  '(?:quantiferon(?:[- ]?tb)?(?: gold)?(?:[- ]plus)?|qft(?:[- ]?(?:g|git|plus|tb))?(?: gold)?(?:[- ]plus)?|igra|t-?spot(?:\\.tb)?|ppd|tst|tuberculin skin test|(?:tb|tuberculosis) (?:screen(?:ing)?|test(?:ing)?))'
const hepatitisTest =
  '(?:hbsag|hbv|(?:hepatitis|hep) b(?: (?:surface antigen|s\\s?ag|core antibody|serolog(?:y|ies)|panel|screen(?:ing)?|testing))*)'
const negative = '(?:neg(?:ative)?|non-?reactive|not detected)'
const positive = '(?:positive|reactive|detected)'

/** A result is written as a concept, as text, or not at all. */
const says = (word: string) =>
  `value.text.lower().startsWith('${word}') or value.concept.text.lower().startsWith('${word}')`

export const policy: Policy = {
  policyId: 'biologic-rheumatoid-arthritis',
  title: 'First biologic infusion for rheumatoid arthritis',
  version: '2026.1',
  off: 'its doses and durations were read in public summaries of the guideline and of two payers’ policies only; compare them with your payer’s policy first',
  effectiveFrom: '2021-07-01',
  procedureCodes: ['J1745', 'Q5103', 'Q5104', 'Q5121', 'J0129', 'J3262', 'J1602'],
  sources: {
    acr: {
      document: 'ACR Guideline for the Treatment of Rheumatoid Arthritis',
      section: 'methotrexate first, at least 15 mg a week; a biologic is added when not at target',
      date: '2021',
      url: 'https://cfu288.github.io/im-rec-deck/rheumatology/rheumatoid-arthritis/2021-acr/',
      basis: 'published',
    },
    measures: {
      document: 'ACR recommendations on disease activity measures',
      section: 'DAS28 moderate from 3.2, CDAI moderate above 10',
      date: '2015',
      url: 'https://eguideline.guidelinecentral.com/i/622897/4',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the table of thresholds in the pocket guideline' },
    },
    bcbsnc: {
      document: 'Blue Cross NC: infliximab and biosimilars',
      section: 'methotrexate or another conventional agent for three months, or not tolerated',
      date: '2025',
      url: 'https://www.openpayer.com/policy-updates/blue-cross-blue-shield-north-carolina/clinical-medical/immunology-rheumatology/blue-cross-nc-infliximab-remicade-biosimilars-policy-update',
      basis: 'published',
    },
    caremark: {
      document: 'CareFirst (Caremark): Simponi and Cimzia criteria',
      section:
        'three months of methotrexate at 15 mg; tuberculosis test within twelve months; one biologic at a time',
      date: '2025',
      url: 'https://coverage.pharmacistwrite.com/coverage/carefirst-caremark/cimzia/rheumatoid-arthritis',
      basis: 'published',
    },
    label: {
      document: 'FDA label: Remicade (infliximab), and Inflectra (infliximab-dyyb)',
      section: 'boxed warning: serious infections, test for latent tuberculosis first',
      date: '2026',
      url: 'https://api.fda.gov/drug/label.json?search=id%3A%2236afec96-dd29-9328-e063-6294a90af8e4%22',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the boxed warning on openFDA' },
    },
    hepatitis: {
      document: 'World Journal of Gastroenterology 20(43), 16014: before a TNF inhibitor',
      section: 'table 1: tests for hepatitis B',
      date: '2014',
      url: 'http://www.wjgnet.com/1007-9327/full/v20/i43/16014-T1.htm',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the table' },
    },
    ours: {
      document: 'AuthScript default rule set',
      section: 'infections noted in the last two months',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'ra_diagnosis',
      question: 'Is rheumatoid arthritis diagnosed?',
      missing: 'rheumatoid arthritis on the order or the problem list (ICD-10-CM M05 or M06)',
      effort: 'document',
      sources: ['acr', 'bcbsnc'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          // M06.1 is Still's disease, M06.4 an arthritis that has not been named yet.
          { system: 'icd10cm', under: ['M05', 'M06'], except: ['M06.1', 'M06.4'] },
        ],
        words: ['(?:seropositive |seronegative )?rheumatoid arthritis'],
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
          terms: ['rheumatoid arthritis'],
          contraryTerms: [
            '(?:psoriatic|gouty|crystal(?:line)?) arthritis (?:rather than|not) (?:ra|rheumatoid)',
          ],
        },
      ],
    },
    {
      criterionId: 'disease_activity',
      question: 'Is the disease moderately to highly active (DAS28 from 3.2, CDAI above 10)?',
      missing: 'a disease activity score of this visit: DAS28 or CDAI',
      effort: 'examine',
      sources: ['measures'],
      coded: [
        {
          from: 'observations',
          words: ['das-?28', 'disease activity score'],
          value: { atLeast: { value: 3.2, unit: '1', source: 'measures' } },
          latest: true,
        },
        {
          from: 'observations',
          words: ['cdai', 'clinical disease activity index'],
          value: { above: { value: 10, unit: '1', source: 'measures' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'measured',
          terms: [`${noTarget}das-?28(?:[- ]?\\(?(?:esr|crp)\\b\\)?)?(?: score)?${notThen}`],
          value: { atLeast: { value: 3.2, unit: '1', source: 'measures' } },
        },
        {
          kind: 'measured',
          terms: [`${noTarget}(?:cdai|clinical disease activity index)(?: score)?${notThen}`],
          value: { above: { value: 10, unit: '1', source: 'measures' } },
        },
        {
          kind: 'finding',
          terms: [
            '(?:mod|moderate|high|moderate[- ]to[- ](?:high|severe)) (?:disease|dz) activity',
            'moderate(?:ly)?[- ]to[- ]severe(?:ly)? active (?:ra|rheumatoid arthritis)',
          ],
          widerTerms: ['swollen joints?', 'synovitis'],
          contraryTerms: [
            '(?:is |are |remains |currently |now )(?:in )?(?:low disease activity|(?:clinical )?remission)',
            'consistent with (?:low disease activity|(?:clinical )?remission)',
            'well[- ]controlled (?:ra|rheumatoid arthritis)',
            '(?:ra|rheumatoid arthritis) (?:is |remains )?well[- ]controlled',
          ],
        },
      ],
    },
    {
      criterionId: 'methotrexate_trial',
      question: 'Was methotrexate taken for at least three months?',
      missing: 'start, end and effect of methotrexate',
      effort: 'treat',
      sources: ['bcbsnc', 'caremark'],
      coded: [
        {
          from: 'medications',
          words: ['methotrexate', 'otrexup', 'rasuvo', 'trexall'],
          where:
            "status.exists().not() or (status in ('cancelled' | 'draft' | 'entered-in-error')).not()",
          lasting: { value: 3, unit: 'months', source: 'bcbsnc' },
        },
      ],
      notes: [
        {
          kind: 'done',
          terms: ['methotrexate', 'mtx'].map((term) => `${term}${forJoints}`),
          lasting: { value: 3, unit: 'months', source: 'bcbsnc' },
        },
        {
          kind: 'finding',
          // Still taken: what was started in spring and stopped in June has no length here.
          terms: [
            `(?:started|began|begun|initiated)(?: on)? (?:methotrexate|mtx)${forJoints}(?:(?!\\b(?:stop(?:ped)?|d/c|dc'd|discontinued|held|quit|off)\\b)[^.;]){0,60}? (?:[3-9]|1\\d|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:months|mos?) ago[^.;]{0,60}?(?:still|remains|continues|ever since)`,
          ],
          contraryTerms: [
            '(?:started|began|begun|initiated)(?: on)? (?:methotrexate|mtx)[^.;]{0,60}? (?:[1-9]|1[01]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|a few|several) (?:weeks?|wks?|days?) ago',
          ],
        },
      ],
    },
    {
      criterionId: 'methotrexate_dose',
      question: 'Was methotrexate raised to at least 15 mg a week?',
      missing: 'the weekly dose of methotrexate that was reached',
      effort: 'document',
      sources: ['acr', 'caremark'],
      notes: [
        {
          kind: 'measured',
          // A dose that is only planned was not reached.
          terms: [
            // "Began methotrexate at 10 mg, and by November she was up to 20 mg".
            `(?:methotrexate|mtx)\\b(?:(?!\\b(?:will|plan|folic|folate|prednisone|leflunomide|hydroxychloroquine|sulfasalazine|goal|target|could not|unable|not|never|next|consider|until)\\b)[^.;]){0,120}?\\b(?:up to|increased to|titrated to|raised to|advanced to|now at|now on|currently at|reached)${forJoints}`,
            `(?<!\\b(?:start|begin|initiate|increase|raise|will|plan|consider|recommend)\\b[^.;]{0,40})(?:methotrexate|mtx)(?: (?:at|of|to|dose|po|oral|sc|subcutaneous|titrated|increased))*${forJoints}(?![^.;]{0,30}\\b(?:planned|will be|to be started|next)\\b)`,
          ],
          value: { atLeast: { value: 15, unit: 'mg', source: 'acr' } },
          unitWords: ['mg', 'milligrams'],
        },
        {
          kind: 'finding',
          terms: [
            `(?:tolerat(?:ed|es|ing)|taking|takes|injecting) (?:methotrexate|mtx) (?:po |sc |sq |oral |subcutaneous )?(?:15|17\\.5|20|22\\.5|25)\\s?mg${forJoints}`,
          ],
          contraryTerms: [
            '(?:methotrexate|mtx)[:,]?(?: was| has been)? never (?:taken|tried|started|given|used)',
            'never (?:taken|been on|tried|received|used|started) (?:methotrexate|mtx)',
            '(?:methotrexate|mtx)[^;]{0,100}?never (?:reached|got to|exceeded|above|went above) 15',
            '(?:methotrexate|mtx)[^;]{0,100}?\\b(?:5|7\\.5|10|12\\.5)\\s?mg (?:once )?(?:weekly|/ ?wk|per week|a week)[^;]{0,30}?(?:not|never) (?:been )?(?:increased|raised|escalated)',
          ],
        },
      ],
    },
    {
      criterionId: 'other_csdmard_trial',
      question: 'Was another conventional drug taken for at least three months?',
      missing: 'start, end and effect of leflunomide, sulfasalazine or hydroxychloroquine',
      effort: 'treat',
      sources: ['bcbsnc'],
      coded: [
        {
          from: 'medications',
          words: others,
          where:
            "status.exists().not() or (status in ('cancelled' | 'draft' | 'entered-in-error')).not()",
          lasting: { value: 3, unit: 'months', source: 'bcbsnc' },
        },
      ],
      notes: [
        {
          kind: 'done',
          terms: [...others, 'hcq', 'ssz', 'triple therapy'],
          lasting: { value: 3, unit: 'months', source: 'bcbsnc' },
        },
      ],
    },
    {
      criterionId: 'methotrexate_unsuitable',
      question: 'Is methotrexate contraindicated, or was it not tolerated?',
      missing: 'why methotrexate cannot be taken: the reaction, the liver, pregnancy, the kidneys',
      effort: 'document',
      sources: ['bcbsnc', 'caremark'],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          terms: [
            '(?:methotrexate|mtx)[:,]?(?: (?:never|not) (?:taken|tried|started|given|used)[,;]?| -)? (?:is |was |remains )?(?:contraindicated|not tolerated)',
            'not a (?:candidate for (?:methotrexate|mtx)|(?:methotrexate|mtx) candidate)',
            '(?:methotrexate|mtx)(?: was| had to be)? (?:stopped|held|discontinued|d/c(?:.?e?d)?) (?:due to|d/t|2/2|secondary to|because of|for|after) (?:[a-z]+ ){0,3}(?:hepatotoxicity|cirrhosis|pregnancy|side effects|intolerance|alopecia|gi upset|transaminitis|elevated (?:lfts|liver enzymes|transaminases)|nausea|vomiting|stomatitis|mouth (?:sores|ulcers)|pneumonitis|cytopenias?|leukopenia|rash|hair loss)',
            '(?:intoleran(?:ce|t)|allergy|allergic|contraindications?) (?:of|to) (?:methotrexate|mtx)',
            '(?:could|can|did) not tolerate (?:methotrexate|mtx)',
            'unable to (?:tolerate|take) (?:methotrexate|mtx)',
            '(?:methotrexate|mtx)[- ](?:intolerance|toxicity|hepatotoxicity|pneumonitis)',
            '(?:methotrexate|mtx) caused (?:[a-z]+ ){0,2}(?:hepatotoxicity|transaminitis|lfts|transaminases|nausea|vomiting|stomatitis|sores|ulcers|pneumonitis|cytopenias?|leukopenia|rash)',
          ],
          contraryTerms: [
            '(?:tolerates|tolerated|tolerating) (?:methotrexate|mtx|it|this)(?: well)?(?! (?:poorly|badly))',
            // Said by themselves, as they are of the drug that the note is about; a review of systems words it otherwise.
            'no (?:side effects|adverse effects|gi upset|toxicity)(?! (?:from|to|of|on|with) (?!methotrexate|mtx))',
            'without (?:any )?(?:nausea|side effects|toxicity|mouth sores)[^.;]{0,60}?(?:liver|lfts?|mouth sores|transaminases)',
            '(?:no (?:side effects|contraindications?)|without (?:side effects|adverse effects)) (?:from|to|of|on) (?:methotrexate|mtx)',
          ],
        },
      ],
    },
    {
      criterionId: 'tb_negative',
      question: 'Was a test for tuberculosis negative within the last twelve months?',
      missing: 'date and result of the test for tuberculosis (IGRA or skin test)',
      effort: 'test',
      sources: ['label', 'caremark'],
      coded: [
        {
          from: 'observations',
          codes: [{ system: 'loinc', codes: ['71773-6'] }],
          words: ['quantiferon', 't-?spot', 'interferon gamma release'],
          where: `${says('neg')} or ${says('non')}`,
          latest: true,
          within: { value: 12, unit: 'months', source: 'caremark' },
        },
        {
          from: 'observations',
          codes: [{ system: 'loinc', codes: ['71773-6'] }],
          words: ['quantiferon', 't-?spot', 'interferon gamma release'],
          where: says('pos'),
          latest: true,
          within: { value: 12, unit: 'months', source: 'caremark' },
          stance: 'refutes',
        },
      ],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          // A result without a date, or "no evidence of TB" on a chest film, is no test of this year.
          within: { value: 12, unit: 'months', source: 'caremark' },
          terms: [
            `${tbTest}(?:(?!\\b(?:pending|hiv|hepatitis|hep|hbv|hcv|hbsag|positive|reactive|indeterminate|not done|ordered)\\b)[^.;]){0,60}?[ (](?:${negative}|\\([-−]\\))`,
            `${negative} (?:for )?${tbTest}`,
          ],
          contraryTerms: [
            `${tbTest}(?:(?!\\b(?:neg(?:ative)?|hiv|hepatitis|hep|hbv|hcv|hbsag|non|not)\\b)[^.;]){0,45}? ${positive}`,
            `${positive} ${tbTest}`,
            '(?:untreated )?latent (?:tb|tuberculosis)(?: infection)?',
            'active (?:tb|tuberculosis)',
          ],
        },
      ],
    },
    {
      criterionId: 'hepatitis_b_negative',
      question: 'Was hepatitis B tested for, without a sign of infection?',
      missing: 'the result of the hepatitis B tests (HBsAg, core antibody)',
      effort: 'test',
      sources: ['hepatitis'],
      coded: [
        {
          from: 'observations',
          codes: [{ system: 'loinc', codes: ['5195-3', '5196-1'] }],
          words: ['hbsag', 'hepatitis b surface antigen', 'hepatitis b virus surface ag'],
          where: `${says('neg')} or ${says('non')}`,
          latest: true,
        },
        {
          from: 'observations',
          codes: [{ system: 'loinc', codes: ['5195-3', '5196-1'] }],
          words: ['hbsag', 'hepatitis b surface antigen', 'hepatitis b virus surface ag'],
          where: `${says('pos')} or ${says('reactive')}`,
          latest: true,
          stance: 'refutes',
        },
      ],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          terms: [
            `${hepatitisTest}(?:(?!\\b(?:pending|hiv|hepatitis c|hcv|antigen positive|core antibody positive)\\b)[^.;]){0,50}? ${negative}`,
            `${negative} (?:for )?${hepatitisTest}`,
          ],
          contraryTerms: [
            `${hepatitisTest}(?:(?!antibody|antibodies|anti-hbs|immun|negative)[^.;]){0,25}? ${positive}`,
            '(?:hepatitis b |hbv )?core antibody (?:is |was )?positive',
            '(?:chronic|active|acute) (?:hepatitis b|hbv)',
          ],
        },
      ],
    },
    {
      criterionId: 'active_infection',
      question: 'Is there an active or serious infection?',
      missing: 'a line on infection: fever, cough, wounds, antibiotics',
      effort: 'document',
      sources: ['label'],
      coded: [
        {
          from: 'conditions',
          about: 'listed',
          codes: [
            {
              system: 'icd10cm',
              under: ['A15', 'A40', 'A41', 'J13', 'J14', 'J15', 'J18', 'L03', 'M00', 'M86', 'N10'],
            },
          ],
          where: "clinicalStatus = 'active'",
          within: { value: 60, unit: 'days', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'infection',
          terms: [
            '(?:active|ongoing|current) infxns?',
            '(?:active|serious|ongoing|recent|current|systemic|chronic|signs?(?:(?: or | and |/)symptoms?)? of|s/s of) infections?',
            '(?:cellulitis|pneumonia|pyelonephritis|sepsis|abscess|osteomyelitis|diverticulitis)',
            '(?:(?:is|currently|still|remains) (?:on|taking)|completing|finishing) (?:a course of |her course of |his course of )?(?:oral |iv )?antibiotics',
          ],
          contraryTerms: [
            '(?:no|without|w/o|denies)(?: any)?(?: (?:clinical )?(?:signs?|evidence|s/s|symptoms) of| current| active| serious| systemic| known| ongoing| acute| recent)* (?:infections?|infxns?)(?! (?:control|risks?|prophylaxis|at (?:the time|that time)|after|following|since))',
            'free of infection',
          ],
        },
        {
          kind: 'finding',
          about: 'fever',
          terms: ['fevers?'],
          contraryTerms: ['afebrile'],
        },
      ],
    },
    {
      criterionId: 'other_biologic',
      question: 'Would it be given together with another biologic or a JAK inhibitor?',
      missing: 'that no other biologic or JAK inhibitor is being taken',
      effort: 'document',
      sources: ['caremark'],
      // The medication list says what is taken; what is not on it is not.
      silence: 'not_met',
      coded: [
        {
          from: 'medications',
          words: rivals,
          where: "status = 'active'",
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            `(?:currently |still |remains |also |continues )(?:on |taking |receiving |with )?${rival}`,
            `(?:continue|continues|continuing|is on|is taking|maintained on) ${rival}`,
            '(?:another|other|concurrent|concomitant) (?:biologics?|jak inhibitors?)',
          ],
          contraryTerms: [
            `${rival} (?:was |has been |is )?(?:stopped|discontinued)`,
            'biologic[- ]na(?:i|ï)ve',
            'never (?:been )?(?:on|taken|received) (?:a |any )?biologics?',
          ],
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'ra_diagnosis' },
      { criterion: 'disease_activity' },
      { criterion: 'tb_negative' },
      { criterion: 'hepatitis_b_negative' },
      { unless: { criterion: 'active_infection' } },
      { unless: { criterion: 'other_biologic' } },
    ],
  },
  pathways: [
    {
      pathwayId: 'methotrexate',
      label: 'Methotrexate at full dose was not enough',
      rule: {
        all: [{ criterion: 'methotrexate_trial' }, { criterion: 'methotrexate_dose' }],
      },
    },
    {
      pathwayId: 'other_csdmard',
      label: 'Another conventional drug was not enough',
      rule: { criterion: 'other_csdmard_trial' },
    },
    {
      pathwayId: 'unsuitable',
      label: 'Methotrexate cannot be taken',
      rule: { criterion: 'methotrexate_unsuitable' },
    },
  ],
}
