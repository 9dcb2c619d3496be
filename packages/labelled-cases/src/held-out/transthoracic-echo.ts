import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'transthoracic-echo',
  cases: [
    {
      caseId:
        'New exertional dyspnea with a loud systolic murmur and no earlier echo, primary care SOAP',
      chart: {
        order: {
          code: '93303',
          text: 'Transthoracic echocardiogram, complete',
          reasons: ['R01.1', 'R06.09'],
        },
        patient: { birthDate: '1952-05-29', gender: 'female' },
        note: `S: 74F here w/ 6 wks of DOE. Used to walk 2 miles w/ her dog, now stops after one block. Near-syncope x1 on the church steps. Ankles puffy by evening. Sleeps on 2 pillows, no PND. No CP. No fever. No prior cardiac w/u, never had an echo.

PMH: HTN, osteopenia, R breast bx 2009 benign. No chemo or radiation ever. No hx AF or cardiomyopathy.
Meds: HCTZ, Ca/vit D
FHx: father MI 60s, sister on amiodarone for AF

O: BP 146/70  HR 78 reg  SpO2 96%
JVP 9 cm. Lungs: few bibasilar crackles. Heart: RRR, 3/6 harsh late-peaking systolic murmur RUSB radiating to carotids, soft S2. Ext: 1+ edema b/l.
ECG: NSR, LVH.
NT-proBNP 1,340

A: DOE, near-syncope, murmur c/w aortic stenosis, severity unknown
P: TTE this week. Cards referral. No strenuous exertion. Furosemide 20 qd. CBC, TSH, BMP.`,
        conditions: [
          { code: 'R01.1', text: 'Cardiac murmur, unspecified', daysAgo: 0 },
          { code: 'I10', text: 'Essential (primary) hypertension', daysAgo: 3100 },
        ],
        observations: [
          { code: '33762-6', text: 'NT-proBNP', value: 1340, unit: 'pg/mL', daysAgo: 1 },
        ],
        medications: [
          { text: 'hydrochlorothiazide 25 mg tablet', daysAgo: 250 },
          { text: 'furosemide 20 mg tablet', daysAgo: 0 },
        ],
      },
      truth: {
        cardiac_reason: 'met',
        recent_echo: 'not_met',
        echo_within_3_years: 'not_met',
        cardiac_symptoms: 'met',
        murmur: 'met',
        clinical_change: 'met',
        significant_valve_disease: 'unclear',
        mild_valve_disease: 'unclear',
        arrhythmia_or_cardiomyopathy: 'not_met',
        cardiotoxic_therapy: 'not_met',
      },
      spans: {
        recent_echo: 'never had an echo',
        cardiac_symptoms: 'Near-syncope x1',
        murmur: '3/6 harsh late-peaking systolic murmur',
        clinical_change: 'Used to walk 2 miles w/ her dog, now stops after one block',
        arrhythmia_or_cardiomyopathy: 'No hx AF or cardiomyopathy',
        cardiotoxic_therapy: 'No chemo or radiation ever',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Yearly echo four months after the last one, mild mitral regurgitation, nothing new',
      chart: {
        order: { code: '93303', text: 'TTE, annual', reasons: ['I34.0'] },
        patient: { birthDate: '1978-07-07', gender: 'male' },
        note: `CARDIOLOGY FOLLOW-UP

Diagnosis list:
1. Mitral regurgitation, mild
2. Hyperlipidemia

Interval History:
47-year-old male, feels great, training for a half marathon. No interval change in
clinical status since February. He is moving to Denver and would like a fresh echo to
take along to his new cardiologist.

Cardiac ROS: denies chest pain, dyspnea, orthopnea, PND, edema, palpitations,
syncope, presyncope, claudication.

Past History: no atrial fibrillation, no cardiomyopathy, no rheumatic fever, no
cancer, no chemotherapy.
Family: mother had mitral valve repair for severe MR at 66.

Vitals: 118/72, 54, 98% RA
Exam: no JVD. RRR, no murmur appreciated, no rub or gallop. Cardiac examination
unchanged. Lungs clear. No edema.
ECG: sinus bradycardia 54, normal.
Echo 02/12/2026: EF 62%, mild MR, no moderate or severe valve disease, LA normal.

Plan: TTE per patient request. Statin continued. Records to Denver.`,
        conditions: [
          { code: 'I34.0', text: 'Nonrheumatic mitral (valve) insufficiency', daysAgo: 1100 },
          { code: 'E78.5', text: 'Hyperlipidemia, unspecified', daysAgo: 1100 },
        ],
        observations: [
          {
            code: '10230-1',
            text: 'Left ventricular ejection fraction',
            value: 62,
            unit: '%',
            daysAgo: 123,
          },
        ],
        procedures: [
          {
            code: '93306',
            text: 'Transthoracic echocardiogram complete with Doppler',
            daysAgo: 123,
          },
        ],
        medications: [{ text: 'rosuvastatin 10 mg tablet', daysAgo: 123 }],
      },
      truth: {
        cardiac_reason: 'met',
        recent_echo: 'met',
        echo_within_3_years: 'met',
        cardiac_symptoms: 'not_met',
        murmur: 'not_met',
        clinical_change: 'not_met',
        significant_valve_disease: 'not_met',
        mild_valve_disease: 'met',
        arrhythmia_or_cardiomyopathy: 'not_met',
        cardiotoxic_therapy: 'not_met',
      },
      spans: {
        recent_echo: 'Echo 02/12/2026',
        cardiac_symptoms: 'denies chest pain, dyspnea, orthopnea',
        murmur: 'no murmur appreciated',
        clinical_change: 'No interval change in\nclinical status',
        significant_valve_disease: 'no moderate or severe valve disease',
        mild_valve_disease: 'mild MR',
        arrhythmia_or_cardiomyopathy: 'no atrial fibrillation, no cardiomyopathy',
        cardiotoxic_therapy: 'no\ncancer, no chemotherapy',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Third echo this year on trastuzumab, no symptoms, stable ejection fraction, oncology note',
      chart: {
        order: {
          code: '93303',
          text: 'TTE w/ strain, on trastuzumab',
          reasons: ['Z51.81', 'I51.89'],
        },
        patient: { birthDate: '1980-12-24', gender: 'female' },
        note: `Medical Oncology Progress Note

Dx: Stage IIA HER2+ IDC left breast, s/p lumpectomy 09/2025.
Current Rx: trastuzumab q3wk, cycle 12 of 18 today. Completed weekly paclitaxel 01/2026. No anthracycline.

Subjective: Tolerating well. Hair growing back, mild neuropathy in toes. Denies SOB, orthopnea, leg swelling, chest pain, palpitations, syncope. Back at work part time. ECOG 0.

Objective: Wt 64.2 kg (stable). BP 112/68, HR 74 regular. Port site c/d/i. Breast: well healed, no masses. Lungs clear bilaterally. Heart regular, no murmurs. No edema. Cardiac exam unchanged from cycle 11.

Cardiac monitoring:
  baseline 09/2025 LVEF 64%, GLS -20.1
  12/07/2025 LVEF 63%
  03/12/2026 LVEF 61%, GLS -19.0; grade I diastolic dysfunction, valves normal
No AF. No cardiomyopathy.

Labs: ANC 3.1, Hgb 12.4, plt 231. CMP wnl.

Plan:
- Proceed with C12
- TTE due (q3 months per protocol) before C13
- Continue through 10/2026
- RTC 3 wk`,
        conditions: [
          {
            code: 'C50.912',
            text: 'Malignant neoplasm of unspecified site of left female breast',
            daysAgo: 290,
          },
          {
            code: 'I51.89',
            text: 'Other ill-defined heart diseases (grade I diastolic dysfunction)',
            daysAgo: 95,
          },
        ],
        observations: [
          {
            code: '10230-1',
            text: 'Left ventricular ejection fraction',
            value: 61,
            unit: '%',
            daysAgo: 95,
          },
        ],
        procedures: [
          { code: '93306', text: 'Echocardiogram, transthoracic, complete', daysAgo: 95 },
          { code: '93306', text: 'Echocardiogram, transthoracic, complete', daysAgo: 190 },
        ],
        medications: [
          { text: 'trastuzumab 420 mg intravenous solution', daysAgo: 250 },
          {
            text: 'paclitaxel 6 mg/mL concentrate for infusion',
            daysAgo: 240,
            status: 'completed',
          },
        ],
      },
      truth: {
        cardiac_reason: 'met',
        recent_echo: 'met',
        echo_within_3_years: 'met',
        cardiac_symptoms: 'not_met',
        murmur: 'not_met',
        clinical_change: 'not_met',
        significant_valve_disease: 'not_met',
        mild_valve_disease: 'not_met',
        arrhythmia_or_cardiomyopathy: 'not_met',
        cardiotoxic_therapy: 'met',
      },
      spans: {
        recent_echo: '03/12/2026 LVEF 61%',
        cardiac_symptoms: 'Denies SOB, orthopnea, leg swelling, chest pain, palpitations, syncope',
        murmur: 'no murmurs',
        clinical_change: 'Cardiac exam unchanged from cycle 11',
        significant_valve_disease: 'valves normal',
        mild_valve_disease: 'valves normal',
        arrhythmia_or_cardiomyopathy: 'No AF. No cardiomyopathy',
        cardiotoxic_therapy: 'trastuzumab q3wk, cycle 12 of 18 today',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Mild aortic stenosis with the date of the last echo unknown and procedures that could not be read',
      chart: {
        order: { code: '93303', text: 'Echo', reasons: ['I35.0'] },
        patient: { birthDate: '1947-03-03', gender: 'male' },
        note: `New pt, establishing care. Moved from FL to be near son.

79M. Was told he has mild aortic stenosis, echo done in Florida "a while back" - thinks it may have been last year, or the year before. Records requested, none here yet. Feels fine for his age: gardens, does his own shopping. No chest pain, no dyspnea, no syncope, no swelling.

Also: hearing aids, BPH, cataracts done 2019, remote smoking. Prostate ca 2014 - surgery only, no chemo. No rhythm problem, no cardiomyopathy that he knows of.

Meds: finasteride, ASA 81. Allergies: sulfa (rash).

VS 132/70, 66, afebrile
HEENT - cerumen L. Neck - no bruits. Lungs CTA. CV - reg, 2/6 SEM at base, S2 preserved. Abd soft. Ext no edema. Neuro nonfocal.

Imp/Plan
1. Mild AS - TTE
2. BPH - stable
3. Cerumen - lavage
4. Get old records
RTC 4-6 wk`,
        conditions: [
          { code: 'I35.0', text: 'Nonrheumatic aortic (valve) stenosis', daysAgo: 0 },
          { code: 'N40.0', text: 'Benign prostatic hyperplasia without LUTS', daysAgo: 0 },
        ],
        medications: [
          { text: 'finasteride 5 mg tablet', daysAgo: 0 },
          { text: 'aspirin 81 mg', daysAgo: 0 },
        ],
        incomplete: ['Procedure'],
      },
      truth: {
        cardiac_reason: 'met',
        recent_echo: 'unclear',
        echo_within_3_years: 'unclear',
        cardiac_symptoms: 'not_met',
        murmur: 'met',
        clinical_change: 'unclear',
        significant_valve_disease: 'unclear',
        mild_valve_disease: 'met',
        arrhythmia_or_cardiomyopathy: 'not_met',
        cardiotoxic_therapy: 'not_met',
      },
      spans: {
        cardiac_symptoms: 'No chest pain, no dyspnea, no syncope, no swelling',
        murmur: '2/6 SEM at base',
        mild_valve_disease: 'mild aortic stenosis',
        arrhythmia_or_cardiomyopathy: 'No rhythm problem, no cardiomyopathy',
        cardiotoxic_therapy: 'surgery only, no chemo',
      },
      recommendation: 'needs_info',
    },
    {
      caseId:
        'Abnormal ECG, atrial fibrillation on the problem list that the note says she never had, childhood murmur gone',
      chart: {
        order: { code: '93303', text: 'Transthoracic echo', reasons: ['R94.31'] },
        patient: { birthDate: '1989-10-15', gender: 'female' },
        note: `PRE-OP VISIT (lap chole 7/2/26)

36 y.o. woman, otherwise healthy, computer flagged her pre-op ECG as abnormal: nonspecific T wave flattening III, aVF. She exercises 4 days a week, > 10 METs. No chest pain, shortness of breath, palpitations, dizziness, syncope or edema. She was told of a murmur as a toddler which she outgrew. Her father has atrial fibrillation and a "leaky valve"; he takes dofetilide. She has never had atrial fibrillation or any other arrhythmia and no heart muscle disease. Never had cancer treatment; no stimulants, no weight loss pills. No change in her health since her physical in January.

EXAM
BP 110/66 HR 62 regular BMI 23.4
Neck supple, no JVD
Lungs clear
Heart: S1 S2 normal, no murmur supine, standing, or with Valsalva
Abd: mild RUQ tenderness
Ext: no edema

ECG reviewed: sinus rhythm, rate 62, NSTW changes, probably normal variant.

IMPRESSION: low cardiac risk.
PLAN: Anesthesia wants an echo, so ordered. Ok for surgery from my standpoint if normal. Hold OCP? - no, continue.`,
        conditions: [
          { code: 'I48.91', text: 'Unspecified atrial fibrillation', daysAgo: 21 },
          {
            code: 'K80.20',
            text: 'Calculus of gallbladder without cholecystitis without obstruction',
            daysAgo: 30,
          },
        ],
        observations: [{ code: '8867-4', text: 'Heart rate', value: 62, unit: '/min' }],
        medications: [{ text: 'norethindrone-ethinyl estradiol 1 mg-20 mcg tablet', daysAgo: 400 }],
      },
      truth: {
        cardiac_reason: 'met',
        recent_echo: 'not_met',
        echo_within_3_years: 'not_met',
        cardiac_symptoms: 'not_met',
        murmur: 'not_met',
        clinical_change: 'not_met',
        significant_valve_disease: 'unclear',
        mild_valve_disease: 'unclear',
        arrhythmia_or_cardiomyopathy: 'unclear',
        cardiotoxic_therapy: 'not_met',
      },
      spans: {
        cardiac_symptoms:
          'No chest pain, shortness of breath, palpitations, dizziness, syncope or edema',
        murmur: 'no murmur supine, standing, or with Valsalva',
        clinical_change: 'No change in her health since her physical in January',
        cardiotoxic_therapy: 'Never had cancer treatment',
      },
      recommendation: 'needs_info',
    },
  ],
}
