import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'lumbar-spine-mri',
  cases: [
    {
      caseId:
        'Left L5 radiculopathy after eight weeks of therapy, naproxen and gabapentin, template with ROS',
      chart: {
        order: { code: '72148', text: 'MRI lumbar spine without contrast', reasons: ['M54.16'] },
        patient: { birthDate: '1975-02-11', gender: 'female' },
        note: `Office Visit - Family Medicine

Chief Complaint
Patient presents with
  * Back Pain - follow up

HPI
51 y.o. female here for follow-up of low back pain radiating to the left leg, present 4 months. Completed 8 weeks of PT at Summit Rehab (03/16/2026 - 05/11/2026) and still doing the home exercises most days. Naproxen 500 mg BID x 6 weeks gave little relief; gabapentin added in April without much change. Pain still wakes her. Misses work 2 days/month.

Review of Systems
Constitutional: Negative for chills, fever and unexpected weight change.
GU: Negative for difficulty urinating and enuresis.
GI: Negative for bowel incontinence.
Musculoskeletal: Positive for back pain.
Neurological: Positive for numbness (left foot). Negative for weakness and saddle anesthesia.

Past Medical History: hypothyroidism. No history of cancer. No osteoporosis or chronic steroid use, no recent trauma. No IV drug use, not immunocompromised.

Physical Exam
BP 122/78 | Pulse 72 | Temp 98.2 F | BMI 27.1
Back: no midline tenderness. SLR + left at 50.
Neuro: strength 5/5 bilateral LE. Reduced light touch dorsum L foot. Reflexes 2+.

Assessment & Plan
1. Lumbar radiculopathy, left (M54.16) - failed conservative tx. MRI L-spine w/o contrast. If surgical lesion refer to neurosurgery.`,
        conditions: [
          { code: 'M54.16', text: 'Radiculopathy, lumbar region', daysAgo: 110 },
          { code: 'E03.9', text: 'Hypothyroidism, unspecified', daysAgo: 2500 },
        ],
        observations: [{ code: '39156-5', text: 'Body mass index', value: 27.1, unit: 'kg/m2' }],
        medications: [
          { text: 'naproxen 500 mg tablet', daysAgo: 105, status: 'completed' },
          { text: 'gabapentin 300 mg capsule', daysAgo: 60 },
        ],
      },
      truth: {
        lumbar_diagnosis: 'met',
        recent_lumbar_mri: 'not_met',
        new_finding: 'unclear',
        cauda_equina: 'not_met',
        motor_deficit: 'not_met',
        cancer: 'not_met',
        infection: 'not_met',
        fracture_risk: 'not_met',
        active_therapy: 'met',
        medication_trial: 'met',
      },
      spans: {
        cauda_equina: 'Negative for weakness and saddle anesthesia',
        motor_deficit: 'strength 5/5 bilateral LE',
        cancer: 'No history of cancer',
        infection: 'No IV drug use, not immunocompromised',
        fracture_risk: 'No osteoporosis or chronic steroid use, no recent trauma',
        active_therapy: 'Completed 8 weeks of PT',
        medication_trial: 'Naproxen 500 mg BID x 6 weeks',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Ten days of strain with every red flag denied and no therapy yet, old MRI twenty months back',
      chart: {
        order: { code: '72148', text: 'MRI L spine wo', reasons: ['S39.012A', 'M54.50'] },
        patient: { birthDate: '1991-12-05', gender: 'male' },
        note: `URGENT CARE
CC: LBP x 10 days
S: 34M warehouse worker, woke up stiff after a long shift, R > L low back ache, no radiation. 5/10. Took ibuprofen 600 TID x 1 wk + heat, some help. No trauma, no fall, no MVC. Denies saddle numbness, urinary retention, incontinence of bowel or bladder, leg weakness, fever, chills, night sweats, wt loss, IVDU, immunosuppression. No hx cancer. No osteoporosis, no steroid use. Has not had any PT or chiro and hasn't been doing exercises for this.
Prior similar episode 2024, had MRI then, "nothing."
O: T 98.4, well appearing, moves easily on/off table. Paraspinal spasm R. No midline TTP. SLR neg x2. Strength 5/5 throughout LE, DTR 2+ =, sensation intact, heel/toe walk nl.
A: Acute lumbar strain
P: - cyclobenzaprine 5 mg qhs
 - PT referral, start this week
 - pt strongly requests MRI; ordered
 - off lifting 1 wk, return precautions given`,
        conditions: [
          {
            code: 'S39.012A',
            text: 'Strain of muscle of lower back, initial encounter',
            daysAgo: 0,
          },
        ],
        procedures: [{ code: '72148', text: 'MRI lumbar spine without contrast', daysAgo: 610 }],
        medications: [{ text: 'cyclobenzaprine 5 mg tablet', daysAgo: 0 }],
      },
      truth: {
        lumbar_diagnosis: 'met',
        recent_lumbar_mri: 'not_met',
        new_finding: 'unclear',
        cauda_equina: 'not_met',
        motor_deficit: 'not_met',
        cancer: 'not_met',
        infection: 'not_met',
        fracture_risk: 'not_met',
        active_therapy: 'not_met',
        medication_trial: 'met',
      },
      spans: {
        cauda_equina: 'Denies saddle numbness, urinary retention, incontinence of bowel or bladder',
        motor_deficit: 'Strength 5/5 throughout LE',
        cancer: 'No hx cancer',
        infection: 'fever, chills, night sweats, wt loss, IVDU, immunosuppression',
        fracture_risk: 'No osteoporosis, no steroid use',
        active_therapy: 'Has not had any PT or chiro',
        medication_trial: 'Took ibuprofen 600 TID x 1 wk',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Stenosis symptoms with undated therapy, a vague PSA and procedures that could not be read',
      chart: {
        order: { code: '72148', text: 'MRI LUMBAR W/O CONTRAST', reasons: ['M48.061'] },
        patient: { birthDate: '1963-08-21', gender: 'male' },
        note: `62 yo M, est pt. C/o LBP w/ b/l buttock + thigh heaviness x 9 mo, worse standing/walking, better sitting or over a shopping cart. Denies bowel/bladder changes, no saddle sx. Tylenol ES prn + diclofenac gel, partial relief. Did PT "in the past," thinks it helped some - can't recall when. Maybe had imaging at the VA, no report here.
PSA was "a little up" at health fair last yr, pt unsure if ever rechecked.

PMH HTN, HLD, BPH
Meds lisinopril, atorva, tamsulosin

Exam: flexed posture. LE strength 5/5 b/l. Sens intact. SLR neg. Pulses palp.
XR L spine 6/1/26: multilevel DDD, gr 1 anterolisthesis L4 on L5, facet OA.

Imp: lumbar stenosis, clinically
Plan: MRI. Get VA records. ?PSA w/ labs. Consider PT again.`,
        conditions: [
          {
            code: 'M48.061',
            text: 'Spinal stenosis, lumbar region without neurogenic claudication',
            daysAgo: 0,
          },
          { code: 'N40.1', text: 'Benign prostatic hyperplasia with LUTS', daysAgo: 800 },
          { code: 'I10', text: 'Essential (primary) hypertension', daysAgo: 4000 },
        ],
        medications: [
          { text: 'lisinopril 20 mg tablet', daysAgo: 200 },
          { text: 'tamsulosin 0.4 mg capsule', daysAgo: 200 },
          { text: 'diclofenac 1 % topical gel', daysAgo: 90 },
        ],
        incomplete: ['Procedure'],
      },
      truth: {
        lumbar_diagnosis: 'met',
        recent_lumbar_mri: 'unclear',
        new_finding: 'unclear',
        cauda_equina: 'not_met',
        motor_deficit: 'not_met',
        cancer: 'unclear',
        infection: 'unclear',
        fracture_risk: 'unclear',
        active_therapy: 'unclear',
        medication_trial: 'met',
      },
      spans: {
        cauda_equina: 'Denies bowel/bladder changes, no saddle sx',
        motor_deficit: 'LE strength 5/5 b/l',
        medication_trial: 'Tylenol ES prn + diclofenac gel',
      },
      recommendation: 'needs_info',
    },
    {
      caseId:
        'Foot drop that worsened over four weeks among many denials, cancer only in the family, therapy only planned',
      chart: {
        order: {
          code: '72148',
          text: 'MRI lumbar spine without contrast',
          reasons: ['M51.16'],
          priority: 'urgent',
        },
        patient: { birthDate: '1969-03-14', gender: 'male' },
        note: `HISTORY OF PRESENT ILLNESS: This is a 57-year-old gentleman, an accountant, seen in follow-up for low back and left leg pain. When I first saw him on May 18 dorsiflexion on the left was 4/5. He now reports that he trips over the rug and has to lift his leg to clear the curb. He took a Medrol Dosepak and then ibuprofen, without lasting benefit. He has not started physical therapy; we had planned that for after his daughter's wedding.

He has no saddle anesthesia, no urinary retention or overflow, no fecal incontinence, no sexual dysfunction. He has had no fever, chills, night sweats, dental or skin infection, intravenous drug use, or immune suppression. There was no fall, no accident, and he has no osteoporosis and no long-term prednisone.

FAMILY HISTORY: Mother with breast cancer metastatic to the spine. Brother with myeloma. The patient himself has never had cancer.

EXAMINATION: He walks with a left steppage gait. Left tibialis anterior is now 2/5 and extensor hallucis longus 2/5, plantarflexion 5/5. Right leg full strength. Anal wink and perianal sensation normal. Straight leg raise positive on the left.

IMPRESSION: Progressive left L5 motor deficit, suspected L4-5 disc herniation.

PLAN: MRI of the lumbar spine this week. Neurosurgery is aware. Therapy afterwards.`,
        olderNotes: [
          {
            daysAgo: 28,
            text: `57 M, 2 wk of LBP and L leg pain. L ankle dorsiflexion 4/5, otherwise strength 5/5. Start Medrol Dosepak. Call if weaker. PT after the wedding.`,
          },
        ],
        conditions: [
          {
            code: 'M51.16',
            text: 'Intervertebral disc disorders with radiculopathy, lumbar region',
            daysAgo: 28,
          },
          { code: 'M21.372', text: 'Foot drop, left foot', daysAgo: 0 },
          { code: 'Z80.3', text: 'Family history of malignant neoplasm of breast', daysAgo: 1500 },
        ],
        medications: [
          {
            text: 'methylprednisolone 4 mg tablets in a dose pack',
            daysAgo: 28,
            status: 'completed',
          },
        ],
      },
      truth: {
        lumbar_diagnosis: 'met',
        recent_lumbar_mri: 'not_met',
        new_finding: 'unclear',
        cauda_equina: 'not_met',
        motor_deficit: 'met',
        cancer: 'not_met',
        infection: 'not_met',
        fracture_risk: 'not_met',
        active_therapy: 'not_met',
        medication_trial: 'met',
      },
      spans: {
        cauda_equina: 'no saddle anesthesia, no urinary retention',
        motor_deficit: 'Progressive left L5 motor deficit',
        cancer: 'The patient himself has never had cancer',
        infection:
          'no fever, chills, night sweats, dental or skin infection, intravenous drug use, or immune suppression',
        fracture_risk: 'he has no osteoporosis and no long-term prednisone',
        active_therapy: 'He has not started physical therapy',
        medication_trial: 'He took a Medrol Dosepak and then ibuprofen',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Problem list says osteoporosis, the note says normal bone density; the therapy was for the neck',
      chart: {
        order: { code: '72148', text: 'MRI lumbar spine', reasons: ['M54.50', 'M47.816'] },
        patient: { birthDate: '1958-05-17', gender: 'female' },
        note: `Reason for visit: chronic low back pain

Interval history
68 year old female, low back pain about 5 months, axial, no leg symptoms. Meloxicam
daily since March helps a little. She had 8 weeks of physical therapy last winter,
but that was for her neck. She has had no therapy, home program or chiropractic
care for the low back.
No injury. Never on long-term steroids.

Pertinent negatives
- no bowel or bladder dysfunction, no saddle anesthesia
- no leg weakness
- no fever, no chills, no IV drug use, not immunosuppressed
- no personal history of malignancy, no weight loss

Health maintenance
Mammogram 11/2025 BI-RADS 1. Colonoscopy 2021. DXA 03/2026 normal, lowest T-score
-0.4; she does not have osteoporosis.

Exam
Vitals stable. Tender L4-5 facets, pain with extension. Strength 5/5 in both legs,
reflexes symmetric, gait normal.

Plan
1. Lumbar spondylosis: MRI lumbar spine, consider facet blocks.
2. Continue meloxicam.
3. Follow up 4 wks.`,
        conditions: [
          {
            code: 'M47.816',
            text: 'Spondylosis without myelopathy or radiculopathy, lumbar region',
            daysAgo: 100,
          },
          {
            code: 'M81.0',
            text: 'Age-related osteoporosis without current pathological fracture',
            daysAgo: 45,
          },
          { code: 'M54.2', text: 'Cervicalgia', daysAgo: 240 },
        ],
        medications: [{ text: 'meloxicam 15 mg tablet', daysAgo: 95 }],
      },
      truth: {
        lumbar_diagnosis: 'met',
        recent_lumbar_mri: 'not_met',
        new_finding: 'unclear',
        cauda_equina: 'not_met',
        motor_deficit: 'not_met',
        cancer: 'not_met',
        infection: 'not_met',
        fracture_risk: 'unclear',
        active_therapy: 'not_met',
        medication_trial: 'met',
      },
      spans: {
        cauda_equina: 'no bowel or bladder dysfunction, no saddle anesthesia',
        motor_deficit: 'Strength 5/5 in both legs',
        cancer: 'no personal history of malignancy',
        infection: 'no fever, no chills, no IV drug use, not immunosuppressed',
        active_therapy:
          'She has had no therapy, home program or chiropractic\ncare for the low back',
        medication_trial: 'Meloxicam\ndaily since March',
      },
      recommendation: 'needs_info',
    },
  ],
}
