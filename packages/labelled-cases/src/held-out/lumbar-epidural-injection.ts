import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'lumbar-epidural-injection',
  cases: [
    {
      caseId:
        'First transforaminal injection for an L5-S1 herniation after eight weeks of therapy, pain clinic template',
      chart: {
        order: {
          code: '64483',
          text: 'Transforaminal epidural steroid injection, left S1, with fluoroscopic guidance',
          reasons: ['M51.17', 'M54.17'],
        },
        patient: { birthDate: '1979-04-02', gender: 'male' },
        note: `INTERVENTIONAL PAIN - NEW PATIENT CONSULT
Date of service: 06/15/2026

CC: Low back and left leg pain

HPI: 47 y.o. male roofer with 4 months of left-sided low back pain shooting down the posterior thigh and calf into the lateral foot. Began insidiously in February. Pain is 7/10 on NRS today, average 6/10, worst 9/10 with sitting or coughing. He finished 8 weeks of physical therapy (16 visits, last visit 05/22/2026) and took naproxen and gabapentin over the same period; says it "barely took the edge off."

PMH: HTN, GERD
PSH: appendectomy
Allergies: NKDA; no contrast allergy
Anticoagulants: none

EXAM
Gait: antalgic
Lumbar: ROM limited in flexion
SLR: positive on left at 40 degrees, negative right
Motor: 5/5 except L plantarflexion 4+/5
Reflexes: left Achilles absent, patellar 2+ b/l
Sensation: decreased lateral left foot

IMAGING
MRI L-spine 05/04/2026: left paracentral disc extrusion L5-S1 displacing the traversing left S1 nerve root. Other levels unremarkable.

ASSESSMENT/PLAN
1. Left S1 radiculopathy due to L5-S1 disc extrusion.
- Proceed w/ left S1 TFESI under fluoro. R/B/A discussed, he wishes to proceed.
- Continue home program.`,
        conditions: [
          {
            code: 'M51.17',
            text: 'Intervertebral disc disorder with radiculopathy, lumbosacral region',
            daysAgo: 42,
          },
          { code: 'I10', text: 'Essential hypertension', daysAgo: 1200 },
        ],
        procedures: [
          { code: '97110', text: 'Therapeutic exercise', daysAgo: 24 },
          { code: '97110', text: 'Therapeutic exercise', daysAgo: 52 },
          { code: '97110', text: 'Therapeutic exercise', daysAgo: 80 },
        ],
        medications: [
          { text: 'naproxen 500 mg tablet twice daily', daysAgo: 85 },
          { text: 'gabapentin 300 mg capsule three times daily', daysAgo: 70 },
        ],
      },
      truth: {
        radicular_diagnosis: 'met',
        concordant_findings: 'met',
        zoster_pain: 'unclear',
        pain_scale: 'met',
        four_weeks_care: 'met',
        image_guidance: 'met',
        earlier_injection: 'not_met',
        relief_before: 'unclear',
      },
      spans: {
        radicular_diagnosis: 'Left S1 radiculopathy',
        concordant_findings: 'displacing the traversing left S1 nerve root',
        pain_scale: '7/10 on NRS today',
        four_weeks_care: 'finished 8 weeks of physical therapy',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Repeat interlaminar injection for claudication after most of the pain was gone for over four months, shorthand, with a neck injection as a decoy',
      chart: {
        order: {
          code: '62323',
          text: 'L4-5 interlaminar ESI w/ fluoro',
          reasons: ['M48.062'],
        },
        patient: { birthDate: '1948-11-19', gender: 'female' },
        note: `77F f/u lumbar stenosis w/ neurogenic claudication.
s/p L4-5 ILESI 12/22/25 (#1 in the low back). Got ~80% relief lasting 4.5 mo, walked the mall w/ granddaughter, cut tramadol to prn.
Sx crept back early May. Now NRS 6/10 w/ standing > 5 min, 2/10 sitting. Can walk 1 block, leans on the cart.
Also had C7-T1 ESI 2/26 for neck -- only about 20% better x 1 wk, not repeating that.
Denies new weakness, falls, b/b changes, fever. Not on blood thinners. DM2, A1c 6.9.
O: NAD. stooped stance. Strength 5/5 LE b/l. SLR neg b/l. DTR 1+ sym. Pedal pulses 2+.
MRI 10/25: severe central canal stenosis L4-5 from facet/ligamentum hypertrophy, gr 1 listhesis.
A/P: recurrence of L4-5 stenosis sx after good response. Repeat L4-5 ILESI under fluoro. Steroid effect on sugars reviewed. RTC 3 wk post.`,
        conditions: [
          {
            code: 'M48.062',
            text: 'Spinal stenosis, lumbar region with neurogenic claudication',
            daysAgo: 260,
          },
          { code: 'E11.9', text: 'Type 2 diabetes mellitus without complications', daysAgo: 3000 },
          { code: 'M54.12', text: 'Radiculopathy, cervical region', daysAgo: 150 },
        ],
        observations: [
          { code: '4548-4', text: 'Hemoglobin A1c', value: 6.9, unit: '%', daysAgo: 40 },
        ],
        procedures: [
          {
            code: '62323',
            text: 'Interlaminar epidural injection, lumbar, with imaging guidance',
            daysAgo: 175,
          },
          {
            code: '62321',
            text: 'Interlaminar epidural injection, cervical, with imaging guidance',
            daysAgo: 115,
          },
        ],
        medications: [{ text: 'tramadol 50 mg tab prn', daysAgo: 200 }],
      },
      truth: {
        radicular_diagnosis: 'met',
        concordant_findings: 'met',
        zoster_pain: 'unclear',
        pain_scale: 'met',
        four_weeks_care: 'unclear',
        image_guidance: 'met',
        earlier_injection: 'met',
        relief_before: 'met',
      },
      spans: {
        radicular_diagnosis: 'lumbar stenosis w/ neurogenic claudication',
        concordant_findings: 'severe central canal stenosis L4-5',
        pain_scale: 'NRS 6/10',
        earlier_injection: 's/p L4-5 ILESI 12/22/25',
        relief_before: '~80% relief lasting 4.5 mo',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Office injection without imaging requested ten weeks after one that hardly helped, shingles denied',
      chart: {
        order: {
          code: '62322',
          text: 'Lumbar interlaminar epidural steroid injection without imaging guidance',
          reasons: ['M54.16'],
        },
        patient: { birthDate: '1966-07-30', gender: 'male' },
        note: `Mr. Example returns regarding his right leg pain. As you will recall,
he had a lumbar epidural with us on April 6 of this year. Unfortunately
that injection gave him perhaps thirty percent relief and it was gone
within two weeks. He continues with burning pain from the right buttock
to the dorsum of the foot which he grades at 8 out of 10.

Before the first injection he had completed five weeks of supervised
therapy and an NSAID trial without adequate benefit. He has never had
shingles and there has been no rash over the back or the legs.

On examination straight leg raising on the right reproduces the leg pain
at 45 degrees. There is decreased sensation in an L5 distribution.
Extensor hallucis longus is 4+/5 on the right. MRI from January
demonstrates right foraminal narrowing at L5-S1 contacting the exiting
L5 root.

He is anxious to have something done. We will repeat the epidural here
in the office using loss of resistance technique, as the fluoroscopy
suite is booked out until August. He was advised to stop smoking.
Surgical opinion if no better.

Dictated, not read.`,
        conditions: [{ code: 'M54.16', text: 'Radiculopathy, lumbar region', daysAgo: 160 }],
        procedures: [{ code: '62322', text: 'Lumbar epidural injection', daysAgo: 70 }],
        medications: [{ text: 'etodolac 400 mg oral tablet', daysAgo: 140, status: 'stopped' }],
      },
      truth: {
        radicular_diagnosis: 'met',
        concordant_findings: 'met',
        zoster_pain: 'not_met',
        pain_scale: 'met',
        four_weeks_care: 'met',
        image_guidance: 'not_met',
        earlier_injection: 'met',
        relief_before: 'not_met',
      },
      spans: {
        radicular_diagnosis: 'burning pain from the right buttock\nto the dorsum of the foot',
        concordant_findings: 'right foraminal narrowing at L5-S1 contacting the exiting\nL5 root',
        zoster_pain: 'He has never had\nshingles',
        pain_scale: '8 out of 10',
        four_weeks_care: 'completed five weeks of supervised\ntherapy',
        earlier_injection: 'he had a lumbar epidural with us on April 6 of this year',
        relief_before: 'perhaps thirty percent relief and it was gone\nwithin two weeks',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Acute herpes zoster of the left L3 dermatome, radiculopathy ruled out, only sixteen days of drugs',
      chart: {
        order: {
          code: '62323',
          text: 'Lumbar epidural steroid injection L2-3, fluoroscopic guidance',
          reasons: ['B02.29'],
          priority: 'urgent',
        },
        patient: { birthDate: '1951-01-25', gender: 'female' },
        note: `Subjective
75-year-old woman sent by her PCP for intractable pain from shingles. Vesicular rash appeared on the left anterior thigh and knee 18 days ago, crusted now. She was treated with valacyclovir starting day 2. Pain is constant, electric, cannot bear clothing on the skin. Pain score today: 8/10. Her sister has chronic sciatica and gets epidurals twice a year; the patient herself has had no spinal injections of any kind.

Has had only 16 days of gabapentin plus lidocaine patches, with minimal benefit. Sedated on 1800 mg/day.

Objective
BP 148/82, afebrile. Healing crusted lesions in a left L3 dermatomal band, allodynia to cotton wisp. No secondary infection. Strength full in the legs. SLR and femoral stretch negative. Reflexes symmetric.
MRI lumbar spine 6/10/2026: mild age-appropriate disc desiccation, no herniation, no canal or foraminal stenosis, no root compression.

Assessment
Acute herpes zoster neuralgia, left L3. No lumbar radiculopathy or claudication from disc disease.

Plan
Fluoroscopically guided epidural steroid at L2-3 this week to reduce the pain. Continue gabapentin at 1200 mg. Shingrix later per PCP.`,
        conditions: [
          { code: 'B02.29', text: 'Other postherpetic nervous system involvement', daysAgo: 5 },
        ],
        medications: [
          { text: 'valacyclovir 1 gram tablet', daysAgo: 17, status: 'completed' },
          { text: 'gabapentin 600 mg tablet', daysAgo: 16 },
          { text: 'lidocaine 5 % topical patch', daysAgo: 12 },
        ],
      },
      truth: {
        radicular_diagnosis: 'not_met',
        concordant_findings: 'not_met',
        zoster_pain: 'met',
        pain_scale: 'met',
        four_weeks_care: 'not_met',
        image_guidance: 'met',
        earlier_injection: 'not_met',
        relief_before: 'unclear',
      },
      spans: {
        radicular_diagnosis: 'No lumbar radiculopathy or claudication',
        concordant_findings: 'no herniation, no canal or foraminal stenosis, no root compression',
        zoster_pain: 'Acute herpes zoster neuralgia, left L3',
        pain_scale: 'Pain score today: 8/10',
        four_weeks_care: 'only 16 days of gabapentin',
        earlier_injection: 'the patient herself has had no spinal injections of any kind',
      },
      recommendation: 'approve',
    },
    {
      caseId:
        'Sciatica with no pain score, an unseen outside MRI, undated therapy and a shot nobody can name',
      chart: {
        order: { code: '62323', text: 'Lumbar ESI', reasons: ['M54.41'] },
        patient: { birthDate: '1984-09-09', gender: 'female' },
        note: `Pain mgmt new pt

CC: "my back and right leg are killing me"

41F, c/o LBP w/ R sciatica on and off x yrs, worse since moving apts. Pain is "terrible," ok when lying on side. Did some PT at some point, doesn't recall where or how long. Takes OTC ibuprofen when it gets bad. Says she got "a shot in the back" at an urgent care or maybe ortho last fall -- not sure what or where, no records.

Outside MRI done in Ohio; disc not available for review today, pt told "something bulging."

PMHx: migraine, anxiety. Meds: sertraline, sumatriptan prn. Soc: 1/2 ppd. FHx: dad had back surgery x2, mom shingles.

PE: Wt 188. Walks w/o limp. TTP R paraspinals + SI. SLR R equivocal (back > leg). Strength grossly ok. DTRs not checked.

A: R-sided low back pain with sciatica
P: ESI, schedule when auth'd. Request outside imaging + PT records. F/u after.`,
        conditions: [
          { code: 'M54.41', text: 'Lumbago with sciatica, right side', daysAgo: 0 },
          { code: 'G43.909', text: 'Migraine, unspecified', daysAgo: 900 },
        ],
        medications: [
          { text: 'sertraline 50 mg tablet', daysAgo: 300 },
          { text: 'sumatriptan 50 mg tablet', daysAgo: 300 },
        ],
        incomplete: ['Procedure'],
      },
      truth: {
        radicular_diagnosis: 'met',
        concordant_findings: 'unclear',
        zoster_pain: 'unclear',
        pain_scale: 'unclear',
        four_weeks_care: 'unclear',
        image_guidance: 'met',
        earlier_injection: 'unclear',
        relief_before: 'unclear',
      },
      spans: { radicular_diagnosis: 'R sciatica' },
      recommendation: 'needs_info',
    },
  ],
}
