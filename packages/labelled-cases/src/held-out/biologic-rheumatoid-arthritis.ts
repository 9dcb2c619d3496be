import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'biologic-rheumatoid-arthritis',
  cases: [
    {
      caseId:
        'A florist on methotrexate 20 mg for seven months whose CDAI is still 27, told in prose',
      chart: {
        order: { code: 'J1745', text: 'Infliximab infusion 3 mg/kg', reasons: ['M05.79'] },
        patient: { birthDate: '1979-02-11', gender: 'female' },
        note: `Ms. Example is a 47-year-old florist who returns for her seropositive rheumatoid arthritis, first diagnosed in the spring of 2025. I began methotrexate in September 2025 at 10 mg, and by the middle of November she was up to 20 mg once weekly, where she has remained ever since, together with daily folic acid. She has swallowed it faithfully and without nausea, mouth sores or any rise in her liver enzymes. In spite of that she needs help with buttons in the morning and has stopped wiring bouquets. She has never been given hydroxychloroquine, sulfasalazine or leflunomide, and she is naive to biologics and JAK inhibitors.

On examination today there are nine tender and eight swollen joints, mostly the MCPs and wrists on both sides. Her CDAI is 27, which is high activity. She has had no fever, cough, dysuria or skin lesions, and there is no sign of infection on examination.

The QuantiFERON drawn on April 22, 2026 was negative, and the hepatitis B surface antigen and core antibody from the same tube were both nonreactive.

I recommend we add infliximab at weeks 0, 2 and 6 and then every eight weeks, keeping the methotrexate where it is.`,
        conditions: [
          {
            code: 'M05.79',
            text: 'Rheumatoid arthritis with rheumatoid factor of multiple sites',
            daysAgo: 400,
          },
        ],
        observations: [
          { code: '75847-4', text: 'Total score [CDAI]', value: 27, unit: '{score}', daysAgo: 0 },
          { code: '71774-4', text: 'QuantiFERON-TB Gold Plus', says: 'Negative', daysAgo: 54 },
          {
            code: '5196-1',
            text: 'Hepatitis B virus surface Ag',
            says: 'Nonreactive',
            daysAgo: 54,
          },
          { code: '13952-7', text: 'Hepatitis B virus core Ab', says: 'Nonreactive', daysAgo: 54 },
        ],
        medications: [
          { text: 'methotrexate sodium 2.5 mg tablet, 8 tablets once weekly', daysAgo: 210 },
          { text: 'folic acid 1 mg tablet', daysAgo: 270 },
        ],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'met',
        methotrexate_trial: 'met',
        methotrexate_dose: 'met',
        other_csdmard_trial: 'not_met',
        methotrexate_unsuitable: 'not_met',
        tb_negative: 'met',
        hepatitis_b_negative: 'met',
        active_infection: 'not_met',
        other_biologic: 'not_met',
      },
      spans: {
        ra_diagnosis: 'seropositive rheumatoid arthritis',
        disease_activity: 'CDAI is 27',
        methotrexate_trial:
          'began methotrexate in September 2025 at 10 mg, and by the middle of November she was up to 20 mg once weekly, where she has remained ever since',
        methotrexate_dose: 'up to 20 mg once weekly',
        other_csdmard_trial: 'never been given hydroxychloroquine, sulfasalazine or leflunomide',
        methotrexate_unsuitable: 'without nausea, mouth sores or any rise in her liver enzymes',
        tb_negative: 'QuantiFERON drawn on April 22, 2026 was negative',
        hepatitis_b_negative:
          'hepatitis B surface antigen and core antibody from the same tube were both nonreactive',
        active_infection: 'no sign of infection on examination',
        other_biologic: 'naive to biologics and JAK inhibitors',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Cirrhosis forbids methotrexate, sulfasalazine lasted five weeks; shorthand',
      chart: {
        order: { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
        patient: { birthDate: '1964-08-30', gender: 'female' },
        note: `RHEUM F/U 6/15/26
61F, erosive RA (RF+/CCP+) x 8 yr, c/o AM stiffness 2 h, bilat hands + R ankle.
PMH: compensated cirrhosis 2/2 MASH (bx 2024), HTN. s/p chole 2011.
DMARD hx:
 - MTX: never taken, contraindicated d/t cirrhosis (hepatology agrees)
 - LEF: same, never
 - SSZ 1 g BID x 5 wk only, winter 2025, d/c'd for rash
 - HCQ: never, pre-existing maculopathy
 - bDMARD / JAKi: none ever, none planned besides IFX
Pred 5 mg qd since Jan.
ROS: no f/c/NS, no cough, no wt loss, no dysuria
PE: TJC 11, SJC 7. DAS28-CRP 4.6. Skin clear. Lungs CTA.
Labs: QFT-Plus neg 11/2025. HBsAg neg, anti-HBc total neg 11/2025. HCV Ab neg. Plt 118.
A/P: mod dz activity, no active infxn. Start IFX monotherapy. RTC 8 wk. Update PCV20 PTA to infusion suite.`,
        conditions: [
          {
            code: 'M05.79',
            text: 'Rheumatoid arthritis with rheumatoid factor of multiple sites',
            daysAgo: 2900,
          },
          { code: 'K74.60', text: 'Unspecified cirrhosis of liver', daysAgo: 700 },
        ],
        medications: [{ text: 'prednisone 5 mg tablet', daysAgo: 150 }],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'met',
        methotrexate_trial: 'not_met',
        methotrexate_dose: 'not_met',
        other_csdmard_trial: 'not_met',
        methotrexate_unsuitable: 'met',
        tb_negative: 'met',
        hepatitis_b_negative: 'met',
        active_infection: 'not_met',
        other_biologic: 'not_met',
      },
      spans: {
        ra_diagnosis: 'erosive RA (RF+/CCP+)',
        disease_activity: 'DAS28-CRP 4.6',
        methotrexate_trial: 'MTX: never taken',
        methotrexate_dose: 'MTX: never taken',
        other_csdmard_trial: 'SSZ 1 g BID x 5 wk only',
        methotrexate_unsuitable: 'contraindicated d/t cirrhosis',
        tb_negative: 'QFT-Plus neg 11/2025',
        hepatitis_b_negative: 'HBsAg neg, anti-HBc total neg 11/2025',
        active_infection: 'no active infxn',
        other_biologic: 'bDMARD / JAKi: none ever, none planned besides IFX',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Six weeks of 10 mg, low activity and a positive QuantiFERON, dictated',
      chart: {
        order: { code: 'J1745', text: 'Infliximab', reasons: ['M06.09'] },
        patient: { birthDate: '1988-12-01', gender: 'male' },
        note: `This is a dictated note on a 37-year-old gentleman with seronegative rheumatoid arthritis who is seen at his own request because he has read about infusions. He started methotrexate on May 4 of this year, that is six weeks ago, at 10 mg weekly, and the dose has not been increased. He is tolerating it well, period. He has not taken hydroxychloroquine, leflunomide or sulfasalazine at any point. No biologic and no JAK inhibitor in the past or at present.

Review of systems is negative for fever, night sweats, weight loss, hemoptysis and cough.

Examination shows two tender joints and one swollen joint, the right second PIP. Clinical disease activity index calculates to 8, consistent with low disease activity.

QuantiFERON from May 20, 2026 came back positive at 2.1. Chest film was clear. He grew up with a grandfather who had tuberculosis. I explained that this represents latent and not active tuberculosis, and that he has no active infection at this time, but that he will need to see infectious disease for rifampin before anything else is considered.

Plan: increase methotrexate to 15 mg next week. He insists that the infusion be submitted. End of dictation.`,
        conditions: [
          {
            code: 'M06.09',
            text: 'Rheumatoid arthritis without rheumatoid factor, multiple sites',
            daysAgo: 45,
          },
        ],
        medications: [{ text: 'methotrexate 2.5 mg tablets, 4 tabs PO weekly', daysAgo: 42 }],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'not_met',
        methotrexate_trial: 'not_met',
        methotrexate_dose: 'not_met',
        other_csdmard_trial: 'not_met',
        methotrexate_unsuitable: 'not_met',
        tb_negative: 'not_met',
        hepatitis_b_negative: 'unclear',
        active_infection: 'not_met',
        other_biologic: 'not_met',
      },
      spans: {
        ra_diagnosis: 'seronegative rheumatoid arthritis',
        disease_activity: 'Clinical disease activity index calculates to 8',
        methotrexate_trial: 'six weeks ago',
        methotrexate_dose: 'at 10 mg weekly, and the dose has not been increased',
        other_csdmard_trial: 'has not taken hydroxychloroquine, leflunomide or sulfasalazine',
        methotrexate_unsuitable: 'tolerating it well',
        tb_negative: 'QuantiFERON from May 20, 2026 came back positive',
        active_infection: 'no active infection at this time',
        other_biologic: 'No biologic and no JAK inhibitor',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Hydroxychloroquine for eight months, but no activity score and the hepatitis panel is pending',
      chart: {
        order: { code: 'J1745', text: 'Inflectra/Remicade per formulary', reasons: ['M06.9'] },
        patient: { birthDate: '1971-05-19', gender: 'female' },
        note: `Chief Complaint
Joint pain follow up

HPI
55 y.o. female with rheumatoid arthritis, transferring care from Dr. Ortiz. Hydroxychloroquine 400 mg daily since October 2025, still taking, with little benefit. Methotrexate was started by the outside rheumatologist at some point; doses and dates are not available, records requested.

Review of Systems
Constitutional: Negative for fever, chills.
HENT: Negative for oral ulcers.
Respiratory: Negative for cough.
GU: Negative for dysuria.
Musculoskeletal: Positive for joint swelling, morning stiffness.

Physical Exam
Gen: NAD
MSK: swelling of L wrist, L MCP 2 and 3. Tender R MCP 2. Full joint count not performed today because of time.

Data reviewed
QuantiFERON-TB Gold 10/9/2025: negative
Hepatitis B panel: sent today, result pending
ESR 38

Assessment & Plan
1. Rheumatoid arthritis, not controlled on HCQ. CDAI to be done next visit.
2. Start prior authorization for infliximab.
3. No current infection; counseled re: risks. Shingrix #1 given.`,
        conditions: [{ code: 'M06.9', text: 'Rheumatoid arthritis, unspecified', daysAgo: 20 }],
        medications: [{ text: 'hydroxychloroquine 200 mg tablet, 2 tablets daily', daysAgo: 245 }],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'unclear',
        methotrexate_trial: 'unclear',
        methotrexate_dose: 'unclear',
        other_csdmard_trial: 'met',
        methotrexate_unsuitable: 'unclear',
        tb_negative: 'met',
        hepatitis_b_negative: 'unclear',
        active_infection: 'not_met',
        other_biologic: 'not_met',
      },
      spans: {
        ra_diagnosis: 'female with rheumatoid arthritis',
        other_csdmard_trial: 'Hydroxychloroquine 400 mg daily since October 2025',
        tb_negative: 'QuantiFERON-TB Gold 10/9/2025: negative',
        active_infection: 'No current infection',
      },
      recommendation: 'needs_info',
    },
    {
      caseId:
        'The note calls hepatitis B negative while the laboratory says reactive, and the medication list was not read',
      chart: {
        order: { code: 'J1745', text: 'infliximab', reasons: ['M05.79'] },
        patient: { birthDate: '1960-01-23', gender: 'male' },
        note: `RHEUMATOLOGY CLINIC

INTERVAL HISTORY: Mr. Example has rheumatoid arthritis with nodules.
Has been injecting methotrexate 25 mg SC weekly since early
November 2025 w/ folate. Benefit partial. No GI upset. He asks about
adalimumab because his mother takes it for psoriasis. His sister was
treated for TB in the 1990s; he himself never had it.

PAST HX: cellulitis L shin 2022, resolved. Pneumonia 2019, resolved.

EXAM: Afebrile. Nodules both olecranons. DAS28-ESR today 5.4.

LABS: T-SPOT 3/3/26 negative. Hep B negative. Creatinine 0.9.

IMPRESSION: High disease activity despite seven months of MTX at
maximal dose. No infection clinically. Considered adding leflunomide or
triple therapy instead; pt declines.

PLAN: Infliximab 3 mg/kg. CBC, CMP q 8 wk.`,
        conditions: [
          {
            code: 'M05.79',
            text: 'Rheumatoid arthritis with rheumatoid factor of multiple sites',
            daysAgo: 900,
          },
        ],
        observations: [
          {
            code: '5196-1',
            text: 'Hepatitis B virus surface Ag [Presence] in Serum',
            says: 'Reactive',
            daysAgo: 18,
          },
        ],
        incomplete: ['MedicationRequest'],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'met',
        methotrexate_trial: 'met',
        methotrexate_dose: 'met',
        other_csdmard_trial: 'unclear',
        methotrexate_unsuitable: 'not_met',
        tb_negative: 'met',
        hepatitis_b_negative: 'unclear',
        active_infection: 'not_met',
        other_biologic: 'unclear',
      },
      spans: {
        ra_diagnosis: 'has rheumatoid arthritis with nodules',
        disease_activity: 'DAS28-ESR today 5.4',
        methotrexate_trial: 'seven months of MTX',
        methotrexate_dose: 'methotrexate 25 mg SC weekly',
        methotrexate_unsuitable: 'No GI upset',
        tb_negative: 'T-SPOT 3/3/26 negative',
        active_infection: 'No infection clinically',
      },
      recommendation: 'needs_info',
    },
    {
      caseId: 'Cellulitis under treatment on the day, in a patient who otherwise qualifies',
      chart: {
        order: { code: 'J1745', text: 'Infliximab 5 mg/kg IV', reasons: ['M05.79'] },
        patient: { birthDate: '1968-10-07', gender: 'female' },
        note: `Reason for visit: RA, worsening

S: Pt reports 3 mo of increasing pain and swelling in both hands. Took MTX 12.5 mg/wk Sept 2025 thru Feb 2026; would not go any higher, never reached 15. No side effects, stopped because it did nothing. Then leflunomide 20 mg daily Feb 2026 to present, 4 mo, no real help. Stopped upadacitinib samples (1 wk, from a friend) last year; not on any JAK inhibitor or biologic now.

Last week noticed redness of L lower leg. Urgent care dx'd cellulitis; on day 4 of 7 of cephalexin. Denies cough, dysuria, dental pain.

O: T 99.8. Warm, erythematous plaque L shin 9 x 6 cm, tender. 28-joint count: 8 tender, 6 swollen. CDAI 24.
QFT neg 2/10/26. HBsAg and anti-HBc non-reactive 2/10/26.

A: 1) Seropositive RA, high activity.
   2) Active cellulitis L leg.
P: Wants authorization in hand so the first infusion can go ahead once leg has healed. Continue LEF.`,
        conditions: [
          {
            code: 'M05.79',
            text: 'Rheumatoid arthritis with rheumatoid factor of multiple sites',
            daysAgo: 320,
          },
          { code: 'L03.116', text: 'Cellulitis of left lower limb', daysAgo: 4 },
        ],
        medications: [
          { text: 'leflunomide 20 mg tablet', daysAgo: 122 },
          { text: 'cephalexin 500 mg capsule', daysAgo: 4 },
        ],
      },
      truth: {
        ra_diagnosis: 'met',
        disease_activity: 'met',
        methotrexate_trial: 'met',
        methotrexate_dose: 'not_met',
        other_csdmard_trial: 'met',
        methotrexate_unsuitable: 'not_met',
        tb_negative: 'met',
        hepatitis_b_negative: 'met',
        active_infection: 'met',
        other_biologic: 'not_met',
      },
      spans: {
        ra_diagnosis: 'Seropositive RA',
        disease_activity: 'CDAI 24',
        methotrexate_trial: 'Took MTX 12.5 mg/wk Sept 2025 thru Feb 2026',
        methotrexate_dose: 'never reached 15',
        other_csdmard_trial: 'leflunomide 20 mg daily Feb 2026 to present, 4 mo',
        methotrexate_unsuitable: 'No side effects',
        tb_negative: 'QFT neg 2/10/26',
        hepatitis_b_negative: 'HBsAg and anti-HBc non-reactive 2/10/26',
        active_infection: 'Active cellulitis L leg',
        other_biologic: 'not on any JAK inhibitor or biologic now',
      },
      recommendation: 'requirements_not_met',
    },
  ],
}
