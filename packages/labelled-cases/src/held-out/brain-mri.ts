import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'brain-mri',
  cases: [
    {
      caseId: 'Three weeks of a weakening left hand with a pronator drift, in prose',
      chart: {
        order: {
          code: '70551',
          text: 'MRI brain without contrast',
          reasons: ['R29.898', 'R29.810'],
        },
        patient: { birthDate: '1968-03-03', gender: 'male' },
        note: `Mr. Example, a right-handed electrician of 58, comes in because over the past three weeks his left hand has become clumsy and weak. He drops screws, and his wife has noticed that the left corner of his mouth sags when he is tired. Nothing like this has happened to him before. He has had no headache at all, no spells of shaking or staring, and no loss of consciousness. His memory is as sharp as ever, and he still does the books for the union local.

He takes lisinopril. He quit smoking in 2015. His father died of a glioblastoma at 70 and this worries him.

On examination he is alert and oriented with fluent speech. There is flattening of the left nasolabial fold. The left arm drifts and pronates, finger extension on the left is 4/5 against 5/5 on the right, and rapid movements are slow on that side. Gait is normal. The discs are sharp.

Impression: new left face and arm weakness, gradually progressive. The differential is broad and I am not prepared to call it vascular. I have asked for an MRI of the brain this week.`,
        conditions: [{ code: 'I10', text: 'Essential hypertension', daysAgo: 2000 }],
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'not_met',
        focal_deficit: 'met',
        seizure: 'not_met',
        new_headache: 'not_met',
        headache_red_flag: 'unclear',
        intracranial_tumor: 'unclear',
        demyelinating_disease: 'unclear',
        stroke_or_tia: 'unclear',
        cognitive_decline: 'not_met',
      },
      spans: {
        focal_deficit: 'new left face and arm weakness',
        seizure: 'no spells of shaking or staring, and no loss of consciousness',
        new_headache: 'no headache at all',
        cognitive_decline: 'memory is as sharp as ever',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Stable migraine since college with every pertinent negative written',
      chart: {
        order: { code: '70551', text: 'MRI BRAIN WO', reasons: ['G43.709'] },
        patient: { birthDate: '1991-11-14', gender: 'female' },
        note: `HEADACHE CLINIC RETURN VISIT

HPI: 34 y.o. with migraine without aura since college. Headaches are unchanged in pattern, frequency and severity from last year, about 5 days/mo, throbbing, R or L temple, with nausea. Not new, not worsening. Here for refills; requests an MRI "for peace of mind".

Pertinent negatives: no thunderclap onset, no positional or exertional component, no fever, no h/o cancer, HIV or immunosuppressants, not pregnant (LMP 6/2). No focal weakness, numbness, diplopia, dysarthria or gait change. No seizures. No memory complaints. No h/o stroke, TIA, MS, brain tumor or pituitary disease.

FHx: aunt w/ multiple sclerosis. Mother w/ migraine.

EXAM: CN II-XII intact, fundi w/o papilledema, strength 5/5 throughout, reflexes 2+ symmetric, sensation intact, finger-nose normal, tandem ok.

A/P: Chronic stable migraine, neuro exam nonfocal. Discussed that imaging is low yield; patient still wishes to proceed, order placed. Refill rizatriptan. Increase topiramate to 75 mg BID. RTC 6 mo.`,
        conditions: [
          {
            code: 'G43.709',
            text: 'Chronic migraine without aura, not intractable',
            daysAgo: 1500,
          },
        ],
        medications: [{ text: 'rizatriptan 10 mg tablet' }, { text: 'topiramate 50 mg tablet' }],
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'not_met',
        focal_deficit: 'not_met',
        seizure: 'not_met',
        new_headache: 'not_met',
        headache_red_flag: 'not_met',
        intracranial_tumor: 'not_met',
        demyelinating_disease: 'not_met',
        stroke_or_tia: 'not_met',
        cognitive_decline: 'not_met',
      },
      spans: {
        focal_deficit: 'No focal weakness, numbness, diplopia, dysarthria or gait change',
        seizure: 'No seizures',
        new_headache: 'unchanged in pattern, frequency and severity',
        headache_red_flag:
          'no thunderclap onset, no positional or exertional component, no fever, no h/o cancer, HIV or immunosuppressants, not pregnant',
        intracranial_tumor: 'No h/o stroke, TIA, MS, brain tumor or pituitary disease',
        demyelinating_disease: 'No h/o stroke, TIA, MS',
        stroke_or_tia: 'No h/o stroke, TIA',
        cognitive_decline: 'No memory complaints',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId: 'First headache of a life at sixty-three, worse on bending; shorthand',
      chart: {
        order: { code: '70551', text: 'MRI brain', reasons: ['R51.9'] },
        patient: { birthDate: '1963-01-09', gender: 'male' },
        note: `CC: HA
63M c/o new HA x 5 wk, daily, frontal, never had headaches before in his life. Worse w/ bending over and valsalva, wakes him 4-5 am. Tylenol no help.
(-) jaw claudication, scalp tenderness, visual loss. (-) fever, neck stiffness. (-) weakness, numbness, speech trouble. (-) sz. (-) LOC.
PMH: HLD, BPH, prostate bx 2021 benign. No ca hx.
SH: nonsmoker, retired mail carrier.
Meds atorva, tamsulosin
VS 138/84, 72, afeb
Neuro: A&Ox3, PERRL, EOMI, VFF, face symm, 5/5 x 4, no drift, sens intact LT, FNF nl, Romberg neg, gait nl. Fundi: difficult to see, small pupils.
ESR 11, CRP <3
Imp: new-onset HA > age 50, r/o mass. GCA unlikely.
Plan: MRI brain, f/u 1 wk, ED precautions`,
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'not_met',
        focal_deficit: 'not_met',
        seizure: 'not_met',
        new_headache: 'met',
        headache_red_flag: 'met',
        intracranial_tumor: 'unclear',
        demyelinating_disease: 'unclear',
        stroke_or_tia: 'unclear',
        cognitive_decline: 'unclear',
      },
      spans: {
        focal_deficit: '(-) weakness, numbness, speech trouble',
        seizure: '(-) sz',
        new_headache: 'new HA x 5 wk',
        headache_red_flag: 'new-onset HA > age 50',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Forgetful, perhaps, with an old multiple sclerosis entry the note takes back and procedures unread',
      chart: {
        order: { code: '70551', text: 'MRI head', reasons: ['R41.3'] },
        patient: { birthDate: '1957-07-21', gender: 'female' },
        note: `Subjective:
Patient is here with her husband. She thinks she may be a bit forgetful lately, mostly names; he does not see it. It is hard to tell from today's history whether there is any actual decline. Sleeping poorly since retirement. Her older brother has Alzheimer disease and she would like to be checked.

She was told in 2024 that she might have MS, but neurology worked her up and ruled out multiple sclerosis.

ROS:
Neurological: no weakness, no numbness, no trouble with balance or speech, no headaches.
Psychiatric: low mood some days.
Eyes: glasses.

Objective:
BP 126/70. MoCA 26/30, normal range. Cranial nerves normal. Motor and sensory exam normal. Gait steady.

Assessment:
Subjective memory complaint, possible anxiety or sleep component vs. early cognitive impairment.

Plan:
TSH, B12. Formal neuropsychological testing. MRI brain. Return in 6 weeks. If testing is abnormal will consider referral to memory clinic.`,
        conditions: [
          { code: 'R41.3', text: 'Other amnesia', daysAgo: 0 },
          { code: 'G35', text: 'Multiple sclerosis', daysAgo: 640 },
        ],
        incomplete: ['Procedure'],
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'unclear',
        focal_deficit: 'not_met',
        seizure: 'unclear',
        new_headache: 'not_met',
        headache_red_flag: 'unclear',
        intracranial_tumor: 'unclear',
        demyelinating_disease: 'unclear',
        stroke_or_tia: 'unclear',
        cognitive_decline: 'unclear',
      },
      spans: {
        focal_deficit: 'no weakness, no numbness, no trouble with balance or speech',
        new_headache: 'no headaches',
      },
      recommendation: 'needs_info',
    },
    {
      caseId: 'Seizures break through two drugs, though an MRI was done eight months ago; dictated',
      chart: {
        order: { code: '70551', text: 'MRI brain epilepsy protocol', reasons: ['G40.219'] },
        patient: { birthDate: '1995-04-28', gender: 'female' },
        note: `NEUROLOGY FOLLOW-UP, DICTATED BUT NOT READ

The patient is a 31-year-old woman with focal epilepsy since age 19. She had been seizure free for nearly two years. Since the first week of May she has had four breakthrough seizures despite full compliance with levetiracetam 1500 mg twice daily and lamotrigine 200 mg twice daily. Levels were therapeutic. Each begins with a rising feeling in the stomach, then she stares and picks at her clothes for about a minute. One of them generalized.

She does not have headaches. Her sister was operated on for a meningioma. The patient's own MRI in October 2025 showed no mass and no white matter lesions.

Neurologic examination today: mental status normal, cranial nerves normal, no drift, strength full, no sensory loss, gait normal. No new focal deficit between the seizures.

IMPRESSION: Drug resistant focal epilepsy, now worse. I would like a repeat MRI with an epilepsy protocol at 3 Tesla before she is presented at surgical conference. She is not pregnant. No driving.`,
        conditions: [
          {
            code: 'G40.219',
            text: 'Focal epilepsy with complex partial seizures, intractable',
            daysAgo: 30,
          },
        ],
        procedures: [{ code: '70553', text: 'MRI brain without and with contrast', daysAgo: 240 }],
        medications: [
          { text: 'levetiracetam 750 mg tablet' },
          { text: 'lamotrigine 200 mg tablet' },
        ],
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'met',
        focal_deficit: 'not_met',
        seizure: 'met',
        new_headache: 'not_met',
        headache_red_flag: 'unclear',
        intracranial_tumor: 'not_met',
        demyelinating_disease: 'not_met',
        stroke_or_tia: 'unclear',
        cognitive_decline: 'unclear',
      },
      spans: {
        focal_deficit: 'No new focal deficit',
        seizure: 'four breakthrough seizures despite full compliance',
        new_headache: 'does not have headaches',
        intracranial_tumor: 'showed no mass',
        demyelinating_disease: 'no white matter lesions',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Stable multiple sclerosis, imaged five months ago and nothing new since',
      chart: {
        order: { code: '70551', text: 'MRI brain w/o contrast', reasons: ['G35'] },
        patient: { birthDate: '1983-09-02', gender: 'female' },
        note: `MS Clinic - Established Patient

Diagnosis: relapsing-remitting multiple sclerosis, 2018
DMT: ocrelizumab q 6 mo, last 3/2026
Last relapse: 2020 (R optic neuritis, recovered)

Interval: Doing well. No new weakness, numbness, visual loss, vertigo or bladder trouble. No seizures. Denies headache. No stroke or TIA. Working full time, denies cognitive change.

Exam
  VA 20/20 OU, mild R disc pallor (old)
  EOM full, no INO
  Power 5/5; mild spasticity L leg, unchanged since 2019
  Sensation: decreased vibration both great toes, unchanged
  T25FW 4.6 s (4.5 s in Dec)
  EDSS 2.0, stable

Imaging: MRI brain January 2026, no new or enhancing lesions.

Plan
- continue ocrelizumab, IgG level
- MRI brain now (patient changing insurance in July and wants it done before)
- vit D, PT for gait
- RTC 6 mo`,
        conditions: [{ code: 'G35', text: 'Multiple sclerosis', daysAgo: 2800 }],
        procedures: [{ code: '70553', text: 'MRI brain w/wo contrast', daysAgo: 150 }],
        medications: [{ text: 'ocrelizumab 300 mg/10 mL', daysAgo: 95 }],
      },
      truth: {
        neurologic_reason: 'met',
        recent_brain_mri: 'met',
        focal_deficit: 'not_met',
        seizure: 'not_met',
        new_headache: 'not_met',
        headache_red_flag: 'unclear',
        intracranial_tumor: 'unclear',
        demyelinating_disease: 'met',
        stroke_or_tia: 'not_met',
        cognitive_decline: 'not_met',
      },
      spans: {
        focal_deficit: 'No new weakness, numbness, visual loss',
        seizure: 'No seizures',
        new_headache: 'Denies headache',
        demyelinating_disease: 'relapsing-remitting multiple sclerosis',
        stroke_or_tia: 'No stroke or TIA',
        cognitive_decline: 'denies cognitive change',
      },
      recommendation: 'requirements_not_met',
    },
  ],
}
