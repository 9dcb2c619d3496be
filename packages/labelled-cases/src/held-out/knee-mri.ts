import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'knee-mri',
  cases: [
    {
      caseId: 'A pivoting fall at soccer with a positive Lachman of the right knee, in prose',
      chart: {
        order: {
          code: '73721',
          text: 'MRI right knee without contrast',
          bodySite: 'Right knee',
          reasons: ['M25.561', 'S83.511A'],
        },
        patient: { birthDate: '2003-02-02', gender: 'female' },
        note: `Ann is a 23-year-old graduate student who plays intramural soccer. On June 3 she planted her right foot to cut, felt a pop in the right knee and went down. The knee swelled within two hours. She was seen in the emergency department that night, where x-rays of the right knee showed no fracture, and went home in an immobilizer. Since then she has been on crutches. The knee has not locked or caught, but it has buckled on her twice when she tried to turn without the crutches.

The left knee had an arthroscopy in 2019 and gives her no trouble.

On examination the right knee holds a moderate effusion and moves from 5 to 105 degrees. The Lachman test is 2+ with a soft endpoint and the pivot shift cannot be done for guarding. Posterior drawer is negative. There is no opening to valgus or varus stress. The joint lines are not tender and McMurray is negative.

I believe that she has torn her anterior cruciate ligament. MRI is requested for confirmation and for planning of surgery. She has had no therapy yet.`,
        procedures: [
          { code: '73562', text: 'X-ray knee 3 views', bodySite: 'Right knee', daysAgo: 12 },
        ],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'met',
        recent_knee_mri: 'not_met',
        new_finding: 'unclear',
        acute_injury: 'met',
        mechanical_symptoms: 'met',
        meniscal_signs: 'not_met',
        ligament_signs: 'met',
        effusion: 'met',
        conservative_care: 'not_met',
      },
      spans: {
        knee_radiograph: 'x-rays of the right knee showed no fracture',
        acute_injury: 'planted her right foot to cut, felt a pop in the right knee and went down',
        mechanical_symptoms: 'buckled on her twice',
        meniscal_signs: 'joint lines are not tender and McMurray is negative',
        ligament_signs: 'Lachman test is 2+ with a soft endpoint',
        effusion: 'right knee holds a moderate effusion',
        conservative_care: 'has had no therapy yet',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Left knee pain without injury after eight weeks of therapy, in shorthand',
      chart: {
        order: {
          code: '73721',
          text: 'MRI L knee w/o',
          bodySite: 'Left knee',
          reasons: ['M25.562'],
        },
        patient: { birthDate: '1976-10-31', gender: 'male' },
        note: `ORTHO F/U
49M c/o L knee pain x 6 mo, medial, insidious onset, no injury/trauma.
PT 2x/wk x 8 wk for L knee (3/30 - 5/22/26), + HEP + meloxicam 15 mg, no better, pain 6/10 stairs and squatting.
Denies locking, catching, giving way.
XR L knee 3/24/26 wt-bearing: no fx, joint space preserved, no OA.
PMH DM2. s/p R TKA? no, s/p R THA 2023.
PE L knee: no effusion. ROM 0-130. Medial JLT +, McMurray + medial w/ pain. Lachman neg, ant/post drawer neg, stable to varus/valgus at 0 and 30. NVI. Gait mildly antalgic.
R knee: unremarkable.
A/P: L medial knee pain, suspect degen MMT, failed conservative rx > 6 wk. MRI L knee. F/u after. Offered CSI, declined.`,
        conditions: [{ code: 'M25.562', text: 'Pain in left knee', daysAgo: 85 }],
        procedures: [
          {
            code: '73564',
            text: 'Radiograph knee, 4 or more views',
            bodySite: 'Left knee',
            daysAgo: 83,
          },
          { code: '97110', text: 'Therapeutic exercise', bodySite: 'Left knee', daysAgo: 77 },
          { code: '97110', text: 'Therapeutic exercise', bodySite: 'Left knee', daysAgo: 24 },
        ],
        medications: [{ text: 'meloxicam 15 mg tablet', daysAgo: 83 }],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'met',
        recent_knee_mri: 'not_met',
        new_finding: 'unclear',
        acute_injury: 'not_met',
        mechanical_symptoms: 'not_met',
        meniscal_signs: 'met',
        ligament_signs: 'not_met',
        effusion: 'not_met',
        conservative_care: 'met',
      },
      spans: {
        knee_radiograph: 'XR L knee 3/24/26',
        acute_injury: 'insidious onset, no injury/trauma',
        mechanical_symptoms: 'Denies locking, catching, giving way',
        meniscal_signs: 'McMurray + medial',
        ligament_signs: 'Lachman neg, ant/post drawer neg, stable to varus/valgus',
        effusion: 'no effusion',
        conservative_care: 'PT 2x/wk x 8 wk for L knee',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Two weeks of ache after gardening, nothing found, nothing tried and no film',
      chart: {
        order: {
          code: '73721',
          text: 'MRI knee right',
          bodySite: 'Right knee',
          reasons: ['M25.561'],
        },
        patient: { birthDate: '1984-03-18', gender: 'female' },
        note: `Subjective
42 y.o. presents with two weeks of aching in the front of the right knee. It came on gradually over a weekend of gardening; she recalls no twist, fall or blow. She has not tried ibuprofen, ice, exercises or physical therapy. No x-rays have been taken of the right knee. A coworker had a meniscus tear found on MRI and she would like one too.

ROS: Negative for locking, catching, instability, swelling, fever, rash, other joint pain.

Objective
General: well, walks without a limp
Right knee:
  Inspection - no effusion, no erythema, no ecchymosis
  Palpation - patellar facet tenderness; no joint line tenderness
  ROM - 0 to 140, crepitus
  McMurray negative, Thessaly negative, Apley negative
  Lachman negative, anterior and posterior drawer negative, varus/valgus stable
Left knee: normal

Assessment
Right patellofemoral pain

Plan
NSAID, home exercise handout, physical therapy referral. MRI ordered per patient preference.`,
        conditions: [{ code: 'M25.561', text: 'Pain in right knee', daysAgo: 0 }],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'not_met',
        recent_knee_mri: 'not_met',
        new_finding: 'unclear',
        acute_injury: 'not_met',
        mechanical_symptoms: 'not_met',
        meniscal_signs: 'not_met',
        ligament_signs: 'not_met',
        effusion: 'not_met',
        conservative_care: 'not_met',
      },
      spans: {
        knee_radiograph: 'No x-rays have been taken of the right knee',
        acute_injury: 'recalls no twist, fall or blow',
        mechanical_symptoms: 'Negative for locking, catching, instability',
        meniscal_signs: 'McMurray negative, Thessaly negative, Apley negative',
        ligament_signs:
          'Lachman negative, anterior and posterior drawer negative, varus/valgus stable',
        effusion: 'no effusion',
        conservative_care: 'has not tried ibuprofen, ice, exercises or physical therapy',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId: 'The film, the therapy and the swelling belong to the other knee',
      chart: {
        order: {
          code: '73721',
          text: 'MRI right knee w/o contrast',
          bodySite: 'Right knee',
          reasons: ['M25.561'],
        },
        patient: { birthDate: '1972-01-29', gender: 'male' },
        note: `SPORTS MEDICINE

We have been following Mr. Example since January for his LEFT knee osteoarthritis: weight-bearing films of the left knee in January, then ten weeks of physical therapy for the left knee ending April 10, and an injection that settled it. There is still a small effusion of the left knee.

He comes today about the RIGHT knee. Nine days ago he slipped off a ladder rung and twisted the right knee. Since then the right knee catches and has locked twice going down stairs. He has iced it and taken some naproxen.

EXAM
Right knee: no effusion. Range 0-125. Joint line tenderness doubtful. McMurray equivocal, he could not relax. Lachman and drawer negative, collaterals stable.
Left knee: small effusion, crepitus.

IMPRESSION
1. Right knee twisting injury, possible meniscal tear.
2. Left knee OA, improved.

PLAN
MRI right knee. Films if he can get to radiology. No therapy for the right knee so far; to begin if MRI negative.`,
        conditions: [
          { code: 'M25.561', text: 'Pain in right knee', daysAgo: 0 },
          { code: 'M17.12', text: 'Unilateral primary osteoarthritis, left knee', daysAgo: 150 },
        ],
        procedures: [
          { code: '73562', text: 'X-ray knee, 3 views', bodySite: 'Left knee', daysAgo: 150 },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Left knee', daysAgo: 136 },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Left knee', daysAgo: 66 },
          { code: '20610', text: 'Injection, major joint', bodySite: 'Left knee', daysAgo: 60 },
        ],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'unclear',
        recent_knee_mri: 'not_met',
        new_finding: 'unclear',
        acute_injury: 'met',
        mechanical_symptoms: 'met',
        meniscal_signs: 'unclear',
        ligament_signs: 'not_met',
        effusion: 'not_met',
        conservative_care: 'not_met',
      },
      spans: {
        acute_injury: 'twisted the right knee',
        mechanical_symptoms: 'the right knee catches and has locked twice',
        ligament_signs: 'Lachman and drawer negative, collaterals stable',
        effusion: 'Right knee: no effusion',
        conservative_care: 'No therapy for the right knee so far',
      },
      recommendation: 'needs_info',
    },
    {
      caseId: 'The same left knee was scanned in March; the repeat is asked for after a lost disc',
      chart: {
        order: {
          code: '73721',
          text: 'MRI LEFT KNEE',
          bodySite: 'Left knee',
          reasons: ['S83.242A', 'M25.462'],
        },
        patient: { birthDate: '1990-12-24', gender: 'male' },
        note: `CHIEF COMPLAINT: LEFT KNEE, SECOND OPINION.

HISTORY: The patient is a 35-year-old firefighter who jumped from a rig in February and twisted the left knee with immediate pain. He was told at an outside clinic that he has a medial meniscal tear. The left knee locks about once a week and he has to shake it loose. He has not had formal therapy or a home program; work comp never approved it. Radiographs of the left knee on February 20, 2026 were normal. He had an MRI as well but the disc was lost.

PHYSICAL EXAMINATION: LEFT KNEE: Small to moderate effusion. Motion 3 to 120. Medial joint line tenderness, positive McMurray with a click. Lachman negative. Posterior drawer negative. No laxity to varus or valgus stress. RIGHT KNEE: Benign.

IMPRESSION: Probable displaced medial meniscal tear, left.

PLAN: Repeat the MRI here since we cannot see the old pictures. Light duty. Return with the study to discuss arthroscopy.`,
        conditions: [
          {
            code: 'S83.242A',
            text: 'Other tear of medial meniscus, current injury, left knee, initial encounter',
            daysAgo: 110,
          },
        ],
        procedures: [
          { code: '73562', text: 'Knee x-ray 3 views', bodySite: 'Left knee', daysAgo: 115 },
          {
            code: '73721',
            text: 'MRI lower extremity joint without contrast',
            bodySite: 'Left knee',
            daysAgo: 97,
          },
        ],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'met',
        recent_knee_mri: 'met',
        new_finding: 'not_met',
        acute_injury: 'met',
        mechanical_symptoms: 'met',
        meniscal_signs: 'met',
        ligament_signs: 'not_met',
        effusion: 'met',
        conservative_care: 'not_met',
      },
      spans: {
        knee_radiograph: 'Radiographs of the left knee on February 20, 2026',
        acute_injury: 'jumped from a rig in February and twisted the left knee',
        mechanical_symptoms: 'left knee locks about once a week',
        meniscal_signs: 'positive McMurray with a click',
        ligament_signs:
          'Lachman negative. Posterior drawer negative. No laxity to varus or valgus stress',
        effusion: 'Small to moderate effusion',
        conservative_care: 'has not had formal therapy or a home program',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId: 'A skiing injury with locking and effusion, but the procedures were not read',
      chart: {
        order: { code: '73721', text: 'MRI of the left knee', reasons: ['M25.562'] },
        patient: { birthDate: '1994-05-05', gender: 'female' },
        note: `Walk-in ortho, 6/15/2026

- 32F, fell skiing (Whistler glacier) 5/30, L ski didn't release, L knee twisted. Limped off.
- Swelling next AM, still there
- L knee locks getting out of the car, daily
- XR L knee 6/1/2026 at urgent care: neg for fx (report scanned)
- No hx L knee problems. R ACL recon 2016, solid.
- Rx so far: rest, ice, sleeve, 2 wk only. No PT.

Exam L knee
- 1+ effusion
- ROM 10-110, block to ext
- MJL: mildly sore, LJL: not sore
- McMurray: not done, guarding
- Lachman 1A = other side, pivot neg, PCL ok, MCL/LCL firm

Imp: locked L knee, r/o bucket handle
Plan: MRI, crutches, work note, call w/ result`,
        conditions: [{ code: 'M25.562', text: 'Pain in left knee', daysAgo: 0 }],
        incomplete: ['Procedure'],
      },
      truth: {
        knee_diagnosis: 'met',
        knee_radiograph: 'met',
        recent_knee_mri: 'unclear',
        new_finding: 'unclear',
        acute_injury: 'met',
        mechanical_symptoms: 'met',
        meniscal_signs: 'unclear',
        ligament_signs: 'not_met',
        effusion: 'met',
        conservative_care: 'not_met',
      },
      spans: {
        knee_radiograph: 'XR L knee 6/1/2026 at urgent care',
        acute_injury: "fell skiing (Whistler glacier) 5/30, L ski didn't release, L knee twisted",
        mechanical_symptoms: 'L knee locks getting out of the car',
        ligament_signs: 'pivot neg, PCL ok, MCL/LCL firm',
        effusion: '1+ effusion',
        conservative_care: '2 wk only. No PT',
      },
      recommendation: 'needs_info',
    },
  ],
}
