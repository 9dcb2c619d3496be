import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'outpatient-physical-therapy',
  cases: [
    {
      caseId:
        'Start of therapy for a frozen shoulder, full evaluation with a certified plan of care',
      chart: {
        order: {
          code: '97110',
          text: 'Therapeutic exercise, physical therapy',
          reasons: ['M75.01'],
        },
        patient: { birthDate: '1972-10-03', gender: 'female' },
        note: `PHYSICAL THERAPY INITIAL EVALUATION AND PLAN OF CARE
DOS 06/15/2026   Referring: K. Osei, MD   Dx: Adhesive capsulitis R shoulder (M75.01)

SUBJECTIVE
Gradual onset R shoulder stiffness since 02/2026, no injury. Pt cannot reach overhead to a cabinet, fasten her bra, or wash her hair with the R arm. Sleeps propped up. PLOF: independent all ADLs, works as dental hygienist. PMH: DM2.

OBJECTIVE
PROM R shoulder: flexion 95 deg, abduction 70 deg, ER 10 deg, IR to sacrum. L WNL.
MMT R: flex 4-/5, ER 4-/5
QuickDASH 61
Joint play: posterior and inferior glide markedly hypomobile. Special tests: Hawkins neg, Speed neg.

ASSESSMENT
Capsular pattern, freezing to frozen stage. Requires skilled therapist for graded joint mobilization and progression according to tissue irritability; not safe to self-progress. Rehab potential good.

LONG-TERM GOALS (10 wks)
1. R flexion >= 150 deg to reach cabinet
2. ER >= 50 deg to fasten bra
3. QuickDASH <= 25

PLAN
2x/week x 10 weeks. Manual therapy 97140, therex 97110, HEP.

PHYSICIAN CERTIFICATION
I certify the need for these services under this plan of care. Electronically signed K. Osei, MD, 06/15/2026 16:42`,
        conditions: [
          { code: 'M75.01', text: 'Adhesive capsulitis of right shoulder', daysAgo: 20 },
          { code: 'E11.9', text: 'Type 2 diabetes mellitus without complications', daysAgo: 2000 },
        ],
      },
      truth: {
        treated_diagnosis: 'met',
        functional_limitation: 'met',
        objective_measure: 'met',
        skilled_need: 'met',
        goals: 'met',
        frequency_duration: 'met',
        plan_of_care: 'met',
        treatment_day: 'not_met',
        progress_shown: 'unclear',
        maintenance_program: 'unclear',
      },
      spans: {
        functional_limitation: 'cannot reach overhead to a cabinet, fasten her bra',
        objective_measure: 'flexion 95 deg, abduction 70 deg',
        skilled_need: 'Requires skilled therapist',
        goals: 'LONG-TERM GOALS (10 wks)',
        frequency_duration: '2x/week x 10 weeks',
        plan_of_care: 'I certify the need for these services',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Continued therapy after a knee replacement, twelve treatment days and clear gains, telegraphic progress report',
      chart: {
        order: { code: '97110', text: 'PT cont', reasons: ['Z47.1', 'Z96.652'] },
        patient: { birthDate: '1955-06-28', gender: 'male' },
        note: `PT PROGRESS REPORT / RECERT
Pt s/p L TKA 4/20/26. Visit #13 today.
S: "Getting there." Still can't do stairs reciprocally, needs rail; can't kneel to work on boat. Pain 2-3/10.
O: L knee AROM 4-112 (eval: 12-78). Quad MMT 4/5 (eval 3-/5). TUG 10.8 s (eval 19.2 s). 30s STS 11 (eval 6). LEFS 48/80, was 22/80.
   Incision healed, mild effusion.
A: Steady objective gains toward all LTGs. Remaining: terminal ext lag 4 deg, eccentric quad control on step down. Needs skilled PT for NMES, patellar mobs, and progression of eccentric loading w/ monitoring of effusion. This is restorative care, not a maintenance program.
LTGs by d/c: (1) AROM 0-120 (2) reciprocal stairs w/o rail (3) LEFS 62+
P: 2x/wk x 4 wk then d/c to HEP.
Cert: reviewed and agree with plan of care as above -- S. Patel DO, e-signed 6/15/26.`,
        conditions: [
          { code: 'Z96.652', text: 'Presence of left artificial knee joint', daysAgo: 55 },
          { code: 'I10', text: 'Hypertension', daysAgo: 3000 },
        ],
        procedures: [3, 6, 10, 13, 17, 20, 24, 27, 31, 34, 38, 41].map((daysAgo) => ({
          code: '97110',
          text: 'Therapeutic exercises',
          daysAgo,
        })),
      },
      truth: {
        treated_diagnosis: 'met',
        functional_limitation: 'met',
        objective_measure: 'met',
        skilled_need: 'met',
        goals: 'met',
        frequency_duration: 'met',
        plan_of_care: 'met',
        treatment_day: 'met',
        progress_shown: 'met',
        maintenance_program: 'not_met',
      },
      spans: {
        functional_limitation: "can't do stairs reciprocally",
        objective_measure: 'L knee AROM 4-112',
        skilled_need: 'Needs skilled PT for NMES',
        goals: 'LTGs by d/c',
        frequency_duration: '2x/wk x 4 wk',
        plan_of_care: 'reviewed and agree with plan of care as above',
        progress_shown: 'LEFS 48/80, was 22/80',
        maintenance_program: 'not a maintenance program',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Skilled maintenance for Parkinson disease, measures unchanged after eleven visits, narrative letter',
      chart: {
        order: {
          code: '97110',
          text: 'Physical therapy, skilled maintenance',
          reasons: ['G20.A1'],
        },
        patient: { birthDate: '1950-03-08', gender: 'male' },
        note: `Re: recertification of physical therapy

Mr. Example is a 76-year-old man with Parkinson disease, Hoehn and Yahr stage 3. He freezes in doorways, has fallen twice since March, and needs his wife's arm to get out of a low chair. His wife, who recently had her own hip replaced and is finishing therapy elsewhere, can no longer catch him.

His gait speed today is 0.71 m/s and his Mini-BESTest 17/28. Both are the same as in March; there has been no measurable improvement, and I do not expect any. What therapy has done is hold the line: during the six weeks he went without it last autumn his falls tripled. I am therefore asking for a skilled maintenance program to slow his decline.

The exercises cannot be handed to an aide. Cueing strategies have to be retitrated to his on/off state and to his orthostatic pressures (108/64 standing today), and perturbation training is unsafe without a therapist guarding.

Long-term goals, through September: gait speed stays at or above 0.70 m/s; no more than one fall a month; sit to stand from 17-inch chair with no more than contact guard. He will be seen once a week for 12 weeks.

I have reviewed and certify this plan of care effective 06/15/2026.

Miriam Feld, MD, Neurology`,
        conditions: [
          {
            code: 'G20.A1',
            text: "Parkinson's disease without dyskinesia, without mention of fluctuations",
            daysAgo: 2200,
          },
          { code: 'R29.6', text: 'Repeated falls', daysAgo: 80 },
        ],
        procedures: [5, 12, 19, 26, 33, 40, 47, 54, 61, 68, 75].map((daysAgo) => ({
          code: '97112',
          text: 'Neuromuscular reeducation',
          daysAgo,
        })),
        medications: [{ text: 'carbidopa-levodopa 25 mg-100 mg tablet', daysAgo: 100 }],
      },
      truth: {
        treated_diagnosis: 'met',
        functional_limitation: 'met',
        objective_measure: 'met',
        skilled_need: 'met',
        goals: 'met',
        frequency_duration: 'met',
        plan_of_care: 'met',
        treatment_day: 'met',
        progress_shown: 'not_met',
        maintenance_program: 'met',
      },
      spans: {
        functional_limitation: 'has fallen twice since March',
        objective_measure: 'gait speed today is 0.71 m/s',
        skilled_need: 'The exercises cannot be handed to an aide',
        goals: 'Long-term goals, through September',
        frequency_duration: 'once a week for 12 weeks',
        plan_of_care: 'certify this plan of care effective 06/15/2026',
        progress_shown: 'no measurable improvement',
        maintenance_program: 'a skilled maintenance program to slow his decline',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Ankle sprain at a plateau, patient independent at the gym, therapist says no skill is needed',
      chart: {
        order: { code: '97110', text: 'Therapeutic exercise', reasons: ['S93.402D'] },
        patient: { birthDate: '1997-01-16', gender: 'female' },
        note: `Daily note / request for additional visits

Dx L ankle sprain, DOI 02/27/2026, ATFL, non-op.

Pt requests more visits "for accountability." Reports she still can't run more than 1 mile w/o soreness and avoids stairs two at a time.

Objective:
- DF 14 deg (last reassessment 14)
- single leg heel raise 22 reps vs 25 R (last 22)
- SL stance 30 s b/l
- FAAM sport 81% (last 81%): plateau, no progress since last reassessment

Tx today: bike 10 min, theraband x 4 way, BOSU, wall squats. Performed all exercises w/o cues.

Assessment: Independent with HEP and gym program. The remaining exercise does not require the skills of a physical therapist and can be done on her own. Not a skilled maintenance program.

LTG (unmet): 5K run w/o pain; FAAM sport 95%.

Plan: per pt request, 1x/wk x 6 wks.
POC cert signed by R. Lindqvist, MD 05/04/2026, good through 08/01/2026.`,
        conditions: [
          {
            code: 'S93.402D',
            text: 'Sprain of unspecified ligament of left ankle, subsequent encounter',
            daysAgo: 100,
          },
        ],
        procedures: [4, 11, 18, 25, 32, 39, 46, 53].map((daysAgo) => ({
          code: '97110',
          text: 'Therapeutic exercises',
          daysAgo,
          bodySite: 'Left ankle',
        })),
      },
      truth: {
        treated_diagnosis: 'met',
        functional_limitation: 'met',
        objective_measure: 'met',
        skilled_need: 'not_met',
        goals: 'met',
        frequency_duration: 'met',
        plan_of_care: 'met',
        treatment_day: 'met',
        progress_shown: 'not_met',
        maintenance_program: 'not_met',
      },
      spans: {
        functional_limitation:
          "can't run more than 1 mile w/o soreness and avoids stairs two at a time",
        objective_measure: 'DF 14 deg',
        skilled_need: 'does not require the skills of a physical therapist',
        goals: 'LTG (unmet): 5K run w/o pain',
        frequency_duration: '1x/wk x 6 wks',
        plan_of_care: 'POC cert signed by R. Lindqvist, MD 05/04/2026',
        progress_shown: 'no progress since last reassessment',
        maintenance_program: 'Not a skilled maintenance program',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Bare eval and treat referral from an office visit: no goals, frequency or plan of care, procedures unread',
      chart: {
        order: { code: '97110', text: 'PT eval and treat', reasons: ['M17.11'] },
        patient: { birthDate: '1961-09-12', gender: 'male' },
        note: `INTERNAL MEDICINE FOLLOW UP

64 yo man here for BP check, also bothered by right knee.

1) HTN - home readings 128-136 / 70s. Continue amlodipine.
2) R knee OA - pain going down stairs and after about 2 blocks; has quit bowling. Wife uses a walker and he helps her with transfers and dressing. Exam: no effusion, crepitus, flexion 105 deg, ext full, quads a bit weak. XR last month moderate medial narrowing. Tylenol ok. Will refer to PT, eval and treat, they can send over a plan if they think it's worthwhile. Inject if no better.
3) Prediabetes - A1c 5.9, diet reviewed.
4) HCM - due for Tdap, given today. Colon ca screening UTD.

ROS: no CP, SOB, edema, fevers, falls.

VS 134/76, HR 68, wt 211 lb
Gen NAD. Lungs clear. RRR no m/r/g. No edema.

RTC 6 mo, sooner prn.`,
        conditions: [
          { code: 'M17.11', text: 'Unilateral primary osteoarthritis, right knee', daysAgo: 30 },
          { code: 'I10', text: 'Essential (primary) hypertension', daysAgo: 1900 },
          { code: 'R73.03', text: 'Prediabetes', daysAgo: 700 },
        ],
        observations: [
          { code: '4548-4', text: 'Hemoglobin A1c', value: 5.9, unit: '%', daysAgo: 3 },
        ],
        medications: [{ text: 'amlodipine 5 mg tablet', daysAgo: 180 }],
        incomplete: ['Procedure'],
      },
      truth: {
        treated_diagnosis: 'met',
        functional_limitation: 'met',
        objective_measure: 'met',
        skilled_need: 'unclear',
        goals: 'unclear',
        frequency_duration: 'unclear',
        plan_of_care: 'unclear',
        treatment_day: 'unclear',
        progress_shown: 'unclear',
        maintenance_program: 'unclear',
      },
      spans: {
        functional_limitation: 'pain going down stairs and after about 2 blocks',
        objective_measure: 'flexion 105 deg',
      },
      recommendation: 'needs_info',
    },
  ],
}
