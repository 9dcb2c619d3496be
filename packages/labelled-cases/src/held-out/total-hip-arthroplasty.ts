import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'total-hip-arthroplasty',
  cases: [
    {
      caseId:
        'Left hip bone on bone after meloxicam and four months of therapy, orthopedic template',
      chart: {
        order: {
          code: '27130',
          text: 'Left total hip arthroplasty',
          bodySite: 'Left hip',
          reasons: ['M16.12'],
        },
        patient: { birthDate: '1957-12-01', gender: 'female' },
        note: `ORTHOPAEDIC SURGERY CLINIC NOTE

HPI: 68 y.o. F w/ 2 yr hx progressive L groin pain. Cannot put on left shoe or sock, walks < 2 blocks with cane, wakes 3-4x nightly. Quit her volunteer job.

NON-OPERATIVE TREATMENT
[x] NSAID: meloxicam 15 mg daily 11/2025 to present
[x] Physical therapy: L hip, 12/2025 - 04/2026 (4 months), then HEP
[x] Activity modification, cane
[ ] Injection: declined
Persistent pain in spite of above.

PMH: HTN, OA. No DVT/PE. No dental problems.
SH: nonsmoker
ROS: neg fever, chills, dysuria, cough, rash

EXAM
Ht 5'4" Wt 160 BMI 27.5
L hip: flex 80, IR 0, ER 15, pain w/ all motion. Trendelenburg +. Skin intact, no lesions.
R hip: full painless ROM
NVI distally

XR pelvis/L hip 06/15/2026 (my read): KL grade 4 L hip OA, bone-on-bone superolaterally with subchondral cysts. No AVN, no fracture. R hip mild.

A/P: End stage L hip OA, failed > 3 months conservative tx. No evidence of active infection. Schedule L THA posterior approach. Medical clearance, MRSA nares screen, dental cleared.`,
        conditions: [
          { code: 'M16.12', text: 'Unilateral primary osteoarthritis, left hip', daysAgo: 240 },
          { code: 'I10', text: 'Essential hypertension', daysAgo: 2000 },
        ],
        observations: [{ code: '39156-5', text: 'Body mass index', value: 27.5, unit: 'kg/m2' }],
        procedures: [
          { code: '97110', text: 'Therapeutic exercise', bodySite: 'Left hip', daysAgo: 182 },
          { code: '97110', text: 'Therapeutic exercise', bodySite: 'Left hip', daysAgo: 130 },
          { code: '97110', text: 'Therapeutic exercise', bodySite: 'Left hip', daysAgo: 66 },
        ],
        medications: [{ text: 'meloxicam 15 mg tablet', daysAgo: 210 }],
      },
      truth: {
        hip_diagnosis: 'met',
        severe_imaging: 'met',
        osteonecrosis_collapse: 'not_met',
        neck_fracture: 'not_met',
        failed_fixation: 'unclear',
        functional_limitation: 'met',
        three_months_care: 'met',
        medication_trial: 'met',
        active_therapy: 'met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'KL grade 4 L hip OA, bone-on-bone',
        osteonecrosis_collapse: 'No AVN',
        neck_fracture: 'no fracture',
        functional_limitation: 'Cannot put on left shoe or sock',
        three_months_care: 'failed > 3 months conservative tx',
        medication_trial: 'meloxicam 15 mg daily 11/2025 to present',
        active_therapy: 'Physical therapy: L hip, 12/2025 - 04/2026 (4 months)',
        active_infection: 'No evidence of active infection',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Displaced femoral neck fracture two days ago, dictated consult with preexisting disease denied',
      chart: {
        order: {
          code: '27130',
          text: 'Total hip arthroplasty, right, for fracture',
          reasons: ['S72.001A'],
          priority: 'urgent',
        },
        patient: { birthDate: '1954-04-22', gender: 'female' },
        note: `ORTHOPEDIC CONSULTATION

The patient is a 72-year-old woman, retired teacher, who tripped over her dog on June 13, 2026 and landed on the right side. She had immediate groin pain and has been unable to bear weight since. Before this she golfed twice a week and had no trouble with this hip. No syncope. Past history is notable for a left femoral neck fracture in 2020 treated with cannulated screws, healed uneventfully. No surgery has ever been done on the right hip. Her mother had a hip replacement for avascular necrosis.

On examination the right leg is shortened and externally rotated. Skin over the hip is intact. Neurovascular examination normal. Temperature 98.6. Urinalysis negative, white count 8.9; there is no sign of infection.

Radiographs and CT of June 13 show a completely displaced subcapital fracture of the right femoral neck, Garden IV. Joint space is well preserved without arthritic change. No osteonecrosis or lytic lesion.

Given her activity level and life expectancy I have recommended total hip replacement rather than hemiarthroplasty. She understands and agrees. Surgery tomorrow if cleared by medicine.`,
        conditions: [
          {
            code: 'S72.001A',
            text: 'Fracture of unspecified part of neck of right femur, initial encounter for closed fracture',
            daysAgo: 2,
          },
          { code: 'M81.0', text: 'Age-related osteoporosis', daysAgo: 1800 },
        ],
        observations: [
          { code: '6690-2', text: 'Leukocytes', value: 8.9, unit: '10*3/uL', daysAgo: 1 },
          { code: '718-7', text: 'Hemoglobin', value: 11.8, unit: 'g/dL', daysAgo: 1 },
        ],
      },
      truth: {
        hip_diagnosis: 'met',
        severe_imaging: 'not_met',
        osteonecrosis_collapse: 'not_met',
        neck_fracture: 'met',
        failed_fixation: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'unclear',
        medication_trial: 'unclear',
        active_therapy: 'unclear',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'Joint space is well preserved without arthritic change',
        osteonecrosis_collapse: 'No osteonecrosis',
        neck_fracture: 'completely displaced subcapital fracture of the right femoral neck',
        failed_fixation: 'No surgery has ever been done on the right hip',
        functional_limitation: 'unable to bear weight since',
        active_infection: 'there is no sign of infection',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Mild right hip arthritis with two weeks of ibuprofen and no therapy, every other way excluded',
      chart: {
        order: { code: '27130', text: 'R THA', bodySite: 'Right hip', reasons: ['M16.11'] },
        patient: { birthDate: '1976-08-08', gender: 'male' },
        note: `49M c/o R hip pain x 5 wks after starting a running program. Wants "it replaced like my dad's."
Dad: b/l THA, R for AVN w/ collapse, L for hip fx.
Pt took ibuprofen 400 prn x 2 wks, that's it - total conservative tx < 1 month. No PT yet, no home exercises. No injections.
Fxn: works full time on his feet, stairs ok, sleeps fine, ADLs not limited by the hip. Sore p running > 3 mi.
PMH: MRSA boil L forearm 2018, cleared. ORIF L ankle 2011. No prior R hip surgery or fx.
ROS neg: fever, chills, wt loss, rash, wounds.
PE: gait nl. R hip flex 115 IR 20 ER 40, mild pain w/ FADIR. Skin clean. No active infection.
XR R hip 6/15/26 - KL 2, minimal superior narrowing, small osteophyte. No AVN. No fx.
A: mild R hip OA
P: pt insists on surgery, auth submitted at his request. Counseled PT + NSAID first. F/u 3 mo.`,
        conditions: [
          { code: 'M16.11', text: 'Unilateral primary osteoarthritis, right hip', daysAgo: 0 },
          {
            code: 'A49.02',
            text: 'MRSA infection, unspecified site',
            status: 'resolved',
            daysAgo: 2900,
          },
        ],
      },
      truth: {
        hip_diagnosis: 'met',
        severe_imaging: 'not_met',
        osteonecrosis_collapse: 'not_met',
        neck_fracture: 'not_met',
        failed_fixation: 'not_met',
        functional_limitation: 'not_met',
        three_months_care: 'not_met',
        medication_trial: 'met',
        active_therapy: 'not_met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'KL 2, minimal superior narrowing',
        osteonecrosis_collapse: 'No AVN',
        neck_fracture: 'No fx',
        failed_fixation: 'No prior R hip surgery or fx',
        functional_limitation: 'ADLs not limited by the hip',
        three_months_care: 'total conservative tx < 1 month',
        medication_trial: 'ibuprofen 400 prn x 2 wks',
        active_therapy: 'No PT yet, no home exercises',
        active_infection: 'No active infection',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Severe right hip arthritis with therapy undocumented, drugs unread and a coded septic hip that the note denies',
      chart: {
        order: {
          code: '27130',
          text: 'Total hip replacement',
          bodySite: 'Right hip',
          reasons: ['M16.11'],
        },
        patient: { birthDate: '1960-10-30', gender: 'male' },
        note: `Ortho f/u

Right hip is "shot." Pain with every step, can't climb the ladder at work,
sleeps in a recliner. Has "tried everything" per wife. No records of
outside care with him today.

PMHx CAD s/p stent 2022 (on clopidogrel), OSA, obesity.
Former smoker.

Exam: antalgic gait. Right hip fixed flexion 15, no IR. Left hip WNL.
Afebrile. Skin clean and dry. No active infection.

X-rays right hip today show Tonnis grade 3 change, complete loss of
joint space.

Impression: advanced DJD right hip.
Plan: right THA pending authorization and cardiology ok to hold plavix.
Wt loss encouraged. Questions answered.`,
        conditions: [
          { code: 'M16.11', text: 'Unilateral primary osteoarthritis, right hip', daysAgo: 400 },
          { code: 'M00.851', text: 'Arthritis due to other bacteria, right hip', daysAgo: 12 },
          {
            code: 'I25.10',
            text: 'Atherosclerotic heart disease of native coronary artery',
            daysAgo: 1500,
          },
        ],
        observations: [{ code: '39156-5', text: 'Body mass index', value: 36.2, unit: 'kg/m2' }],
        incomplete: ['MedicationRequest'],
      },
      truth: {
        hip_diagnosis: 'met',
        severe_imaging: 'met',
        osteonecrosis_collapse: 'unclear',
        neck_fracture: 'unclear',
        failed_fixation: 'unclear',
        functional_limitation: 'met',
        three_months_care: 'unclear',
        medication_trial: 'unclear',
        active_therapy: 'unclear',
        active_infection: 'unclear',
      },
      spans: {
        severe_imaging: 'Tonnis grade 3 change, complete loss of\njoint space',
        functional_limitation: "can't climb the ladder at work",
      },
      recommendation: 'needs_info',
    },
    {
      caseId:
        'Osteonecrosis that has now collapsed, an older MRI without collapse, and failed screws on the other side',
      chart: {
        order: {
          code: '27130',
          text: 'Right total hip arthroplasty',
          bodySite: 'Right hip',
          reasons: ['M87.151'],
        },
        patient: { birthDate: '1985-05-05', gender: 'female' },
        note: `Return visit, right hip.

41-year-old woman with lupus and years of prednisone. Left side: femoral neck stress fracture pinned in 2021, screws cut out, converted to a left THA in 2022, doing well. The right hip has never been operated on. When we last imaged the right hip, in April 2025, the head was still round. Since March the pain has become constant. She cannot stand through a shift as a pharmacist, takes stairs one at a time and needs help with her right shoe.

She had an elbow bursitis with staph in 2023, treated and resolved. Now afebrile; ESR 12, CRP 2. No active infection. On hydroxychloroquine and prednisone 5 mg.

Exam: right hip flexion 90, internal rotation 5 with pain. Leg lengths equal. Left hip scar well healed.

Radiographs today: right femoral head osteonecrosis with subchondral collapse of 4 mm, crescent sign, Ficat III. Joint space still maintained; no arthritic change of the acetabulum.

I do not think core decompression has a place any more. No physical therapy was tried for this hip, as I do not expect it to help. Acetaminophen takes the edge off. We will go ahead with a right total hip arthroplasty; rheumatology to advise on perioperative steroids.`,
        olderNotes: [
          {
            daysAgo: 425,
            text: `MRI hips 04/16/2025. Right femoral head osteonecrosis involving 30% of the weight bearing surface, Ficat II, no collapse. Left THA in situ, artifact. Plan: observe right hip, protected weight bearing, repeat films in 6 months.`,
          },
        ],
        conditions: [
          { code: 'M87.151', text: 'Osteonecrosis due to drugs, right femur', daysAgo: 425 },
          { code: 'M32.9', text: 'Systemic lupus erythematosus, unspecified', daysAgo: 3600 },
          { code: 'Z96.642', text: 'Presence of left artificial hip joint', daysAgo: 1400 },
        ],
        observations: [
          { code: '1988-5', text: 'C reactive protein', value: 2, unit: 'mg/L', daysAgo: 4 },
          {
            code: '30341-2',
            text: 'Erythrocyte sedimentation rate',
            value: 12,
            unit: 'mm/h',
            daysAgo: 4,
          },
        ],
        medications: [
          { text: 'hydroxychloroquine 200 mg tablet', daysAgo: 300 },
          { text: 'prednisone 5 mg tablet', daysAgo: 120 },
        ],
      },
      truth: {
        hip_diagnosis: 'met',
        severe_imaging: 'not_met',
        osteonecrosis_collapse: 'met',
        neck_fracture: 'unclear',
        failed_fixation: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'unclear',
        medication_trial: 'met',
        active_therapy: 'not_met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'Joint space still maintained; no arthritic change',
        osteonecrosis_collapse:
          'right femoral head osteonecrosis with subchondral collapse of 4 mm',
        failed_fixation: 'The right hip has never been operated on',
        functional_limitation: 'She cannot stand through a shift as a pharmacist',
        medication_trial: 'Acetaminophen takes the edge off',
        active_therapy: 'No physical therapy was tried for this hip',
        active_infection: 'No active infection',
      },
      recommendation: 'approve',
    },
  ],
}
