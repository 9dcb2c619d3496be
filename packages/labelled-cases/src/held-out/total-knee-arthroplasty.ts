import type { CaseTable } from '../labelled-case.ts'

export const table: CaseTable = {
  policyId: 'total-knee-arthroplasty',
  cases: [
    {
      caseId:
        'Right knee tricompartmental disease after six months of drugs, therapy and injections, shorthand',
      chart: {
        order: { code: '27447', text: 'R TKA', bodySite: 'Right knee', reasons: ['M17.11'] },
        patient: { birthDate: '1953-02-20', gender: 'male' },
        note: `73M f/u R knee DJD x yrs, worse past yr.
Fxn: walks < 1 block w/ cane, stairs one at a time w/ rail, can't get up from low chair w/o arms, up at night.
Tx to date R knee (total ~6 mo, Dec 25 - now):
 - celecoxib 200 qd since Dec, APAP
 - PT 2x/wk x 8 wks Jan-Mar, then HEP to date
 - cortisone inj 1/12/26 (3 wks relief), Synvisc-One 3/30/26 (none)
 - unloader brace - no help
PMH: BPH, gout (no flare 2+ yrs). DM- , tob-. Denies f/c, open sores, dental abscess, UTI sx.
PE: BMI 30. Varus 8 deg. ROM 8-100. Crepitus. Skin clean/intact. No infxn. DP 2+.
XR WB R knee 6/15/26: KL 4, bone on bone medial, severe PF.
L knee KL 2, asymptomatic.
A/P: endstage R knee OA, failed non-op. R TKA, CR implant, spinal. Preop class, PCP clearance, A1c/nares.`,
        conditions: [
          { code: 'M17.11', text: 'Unilateral primary osteoarthritis, right knee', daysAgo: 500 },
          { code: 'M10.9', text: 'Gout, unspecified', daysAgo: 2600 },
        ],
        procedures: [
          {
            code: '20610',
            text: 'Arthrocentesis/injection, major joint',
            bodySite: 'Right knee',
            daysAgo: 154,
          },
          {
            code: '20610',
            text: 'Arthrocentesis/injection, major joint',
            bodySite: 'Right knee',
            daysAgo: 77,
          },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Right knee', daysAgo: 140 },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Right knee', daysAgo: 100 },
        ],
        medications: [{ text: 'celecoxib 200 mg capsule', daysAgo: 185 }],
      },
      truth: {
        knee_diagnosis: 'met',
        severe_imaging: 'met',
        joint_destroyed: 'unclear',
        limb_tumor: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'met',
        medication_trial: 'met',
        active_therapy: 'met',
        injection_or_brace: 'met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'KL 4, bone on bone medial',
        functional_limitation: 'walks < 1 block w/ cane',
        three_months_care: 'total ~6 mo, Dec 25 - now',
        medication_trial: 'celecoxib 200 qd since Dec',
        active_therapy: 'PT 2x/wk x 8 wks',
        injection_or_brace: 'cortisone inj 1/12/26',
        active_infection: 'No infxn',
      },
      recommendation: 'approve',
    },
    {
      caseId: 'Left knee with mild changes and four weeks of care, nothing destroyed on MRI',
      chart: {
        order: { code: '27447', text: 'Total knee arthroplasty, left', reasons: ['M17.12'] },
        patient: { birthDate: '1970-11-11', gender: 'female' },
        note: `SUBJECTIVE: Ms. Example is a 55-year-old woman who comes for a second opinion about her left knee. It started aching about six weeks ago after a hiking trip. She has trouble with long flights of stairs and kneeling in the garden. She has had four weeks of treatment in all, consisting of naproxen and a few sessions of physical therapy. She has never had an injection in the knee and has not worn a brace. She read about robotic knee replacement online and would like to be considered.

Her mother had both knees replaced in her seventies after years of bone-on-bone arthritis.

OBJECTIVE: BMI 26. Normal alignment. Range of motion 0 to 135 degrees. Small effusion. Stable ligaments. No warmth, no erythema, skin intact; no sign of infection.

Standing radiographs today: Kellgren-Lawrence grade 2, joint space preserved in all compartments. MRI 06/02/2026: cartilage thinning medially, no osteonecrosis, no fracture, no mass.

ASSESSMENT AND PLAN: Mild osteoarthritis of the left knee. She wants the request sent to her insurance, and we will do so. I told her that I would not expect approval. Continue therapy, consider a steroid injection.`,
        conditions: [
          { code: 'M17.12', text: 'Unilateral primary osteoarthritis, left knee', daysAgo: 14 },
        ],
        procedures: [
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Left knee', daysAgo: 9 },
        ],
        medications: [{ text: 'naproxen 500 mg tablet', daysAgo: 28 }],
      },
      truth: {
        knee_diagnosis: 'met',
        severe_imaging: 'not_met',
        joint_destroyed: 'not_met',
        limb_tumor: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'not_met',
        medication_trial: 'met',
        active_therapy: 'met',
        injection_or_brace: 'not_met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'Kellgren-Lawrence grade 2, joint space preserved',
        joint_destroyed: 'no osteonecrosis, no fracture',
        limb_tumor: 'no mass',
        functional_limitation: 'trouble with long flights of stairs and kneeling',
        three_months_care: 'four weeks of treatment in all',
        medication_trial: 'naproxen',
        active_therapy: 'a few sessions of physical therapy',
        injection_or_brace: 'never had an injection in the knee and has not worn a brace',
        active_infection: 'no sign of infection',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId: 'Left knee requested, but the therapy and injections were all for the right knee',
      chart: {
        order: {
          code: '27447',
          text: 'Left total knee arthroplasty',
          bodySite: 'Left knee',
          reasons: ['M17.0'],
        },
        patient: { birthDate: '1962-06-06', gender: 'female' },
        note: `ORTHO CLINIC
BILATERAL KNEE OA, HERE TO DISCUSS LEFT

HISTORY
- 64F, b/l knee OA. RIGHT was the bad one last yr: PT 12 wks (Sept-Dec 2025), steroid inj x2, gel series, all right knee, then R TKA 01/2026. Recovered well.
- LEFT now is the worse. Limits: can't walk dog past the corner, one stair at a time, hard to get out of the car.
- Takes ibuprofen 600 BID, for both knees before and for the left now.
- LEFT knee: no injection or brace to date. Did the left get exercised during PT? Pt not sure.

ROS: denies fever, chills, weight loss, skin lesions, urinary symptoms

EXAM
- R: well healed incision, 0-120
- L: varus, 5-105, medial JLT, crepitus, skin healthy, no infection

IMAGING
- WB films 06/15/2026: left knee KL 4 medial bone on bone. R TKA components well fixed.

PLAN
Left TKA, fall 2026. Same implant as the right side.`,
        conditions: [
          { code: 'M17.0', text: 'Bilateral primary osteoarthritis of knee', daysAgo: 700 },
          { code: 'Z96.651', text: 'Presence of right artificial knee joint', daysAgo: 150 },
        ],
        procedures: [
          { code: '27447', text: 'Total knee arthroplasty', bodySite: 'Right knee', daysAgo: 152 },
          { code: '20610', text: 'Major joint injection', bodySite: 'Right knee', daysAgo: 250 },
          { code: '20610', text: 'Major joint injection', bodySite: 'Right knee', daysAgo: 340 },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Right knee', daysAgo: 270 },
          { code: '97110', text: 'Therapeutic exercises', bodySite: 'Right knee', daysAgo: 200 },
        ],
        medications: [{ text: 'ibuprofen 600 mg tablet', daysAgo: 300 }],
      },
      truth: {
        knee_diagnosis: 'met',
        severe_imaging: 'met',
        joint_destroyed: 'unclear',
        limb_tumor: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'unclear',
        medication_trial: 'met',
        active_therapy: 'unclear',
        injection_or_brace: 'not_met',
        active_infection: 'not_met',
      },
      spans: {
        severe_imaging: 'left knee KL 4 medial bone on bone',
        functional_limitation: "can't walk dog past the corner",
        medication_trial: 'Takes ibuprofen 600 BID',
        injection_or_brace: 'LEFT knee: no injection or brace to date',
        active_infection: 'skin healthy, no infection',
      },
      recommendation: 'needs_info',
    },
    {
      caseId:
        'Everything in place for the left knee except an infected wound over the tibial tubercle',
      chart: {
        order: { code: '27447', text: 'TKA left', bodySite: 'Left knee', reasons: ['M17.12'] },
        patient: { birthDate: '1949-09-27', gender: 'male' },
        note: `Pre-op visit, L TKA (tentatively 7/8/26)

Interval Hx: 76 y.o. male, end-stage L knee OA. Failed diclofenac, 10 weeks formal PT plus home exercise, two cortisone shots over the past 8 months. Pain 8/10 with stairs; gave up his paper route; cannot kneel in church.

Patient fell in the driveway 9 days ago and scraped the front of the L knee. Started cephalexin 3 days ago at urgent care.

ROS: + drainage L knee. No chills. No chest pain, no SOB, no dysuria, no cough, no diarrhea.

Meds: cephalexin 500 QID, metformin, losartan, diclofenac (held)

Exam: T 99.4. L knee: 2 cm open wound over tibial tubercle with purulent drainage, surrounding cellulitis 6 cm. No joint effusion. ROM 5-110.
R knee unremarkable.

Imaging 5/20/26: L knee Kellgren-Lawrence 4. No osteonecrosis, no fracture.

Assessment:
1. L knee OA, KL4
2. Cellulitis/infected abrasion L anterior knee, active

Plan: wound cx, continue cephalexin, recheck 1 wk. Auth request goes in now so as not to lose the date; will postpone if not healed.`,
        conditions: [
          { code: 'M17.12', text: 'Unilateral primary osteoarthritis, left knee', daysAgo: 600 },
          { code: 'L03.116', text: 'Cellulitis of left lower limb', daysAgo: 3 },
          { code: 'E11.9', text: 'Type 2 diabetes mellitus without complications', daysAgo: 2900 },
        ],
        observations: [
          { code: '4548-4', text: 'Hemoglobin A1c', value: 7.1, unit: '%', daysAgo: 20 },
          { code: '8310-5', text: 'Body temperature', value: 99.4, unit: '[degF]' },
        ],
        procedures: [
          { code: '20610', text: 'Injection, major joint', bodySite: 'Left knee', daysAgo: 210 },
          { code: '20610', text: 'Injection, major joint', bodySite: 'Left knee', daysAgo: 110 },
        ],
        medications: [
          { text: 'cephalexin 500 mg capsule', daysAgo: 3 },
          { text: 'diclofenac 75 mg delayed release tablet', daysAgo: 240 },
          { text: 'metformin 1000 mg tablet', daysAgo: 300 },
        ],
      },
      truth: {
        knee_diagnosis: 'met',
        severe_imaging: 'met',
        joint_destroyed: 'not_met',
        limb_tumor: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'met',
        medication_trial: 'met',
        active_therapy: 'met',
        injection_or_brace: 'met',
        active_infection: 'met',
      },
      spans: {
        severe_imaging: 'L knee Kellgren-Lawrence 4',
        joint_destroyed: 'No osteonecrosis, no fracture',
        functional_limitation: 'gave up his paper route; cannot kneel in church',
        three_months_care: 'two cortisone shots over the past 8 months',
        medication_trial: 'Failed diclofenac',
        active_therapy: '10 weeks formal PT plus home exercise',
        injection_or_brace: 'two cortisone shots',
        active_infection: 'Cellulitis/infected abrasion L anterior knee, active',
      },
      recommendation: 'requirements_not_met',
    },
    {
      caseId:
        'Malunion of the right tibial plateau after an old fracture, no therapy tried, bone tumor only in a brother',
      chart: {
        order: {
          code: '27447',
          text: 'Right total knee arthroplasty',
          reasons: ['M17.31', 'S82.141P'],
        },
        patient: { birthDate: '1968-01-31', gender: 'male' },
        note: `Dear Dr. Alvarez,

thank you for sending me this 58-year-old truck driver. In 2022 he sustained a bicondylar fracture of the right tibial plateau in Mexico and was treated in a cast. The knee has never been right since. He cannot push the clutch for more than an hour, climbs into the cab with his arms, and walks no further than his mailbox. He uses acetaminophen. He has had no physical therapy, no injections and no brace.

He was worried about a tumor because his brother lost a leg to osteosarcoma. I reassured him: there is no tumor here.

The right knee is in 14 degrees of valgus and moves from 10 to 85 degrees. There is no warmth, drainage or redness and the skin is sound. Aspirate from 06/08/2026 was clear with 210 white cells and no growth; infection is excluded.

CT of the right knee, 06/03/2026: malunited lateral plateau with 11 mm of depression and articular step-off. No hardware. The medial compartment is moderately narrowed.

I believe an osteotomy would not restore the joint surface, and have offered him a constrained total knee replacement with lateral augment on the right. The left knee is normal.

With kind regards`,
        conditions: [
          {
            code: 'M17.31',
            text: 'Unilateral post-traumatic osteoarthritis, right knee',
            daysAgo: 40,
          },
          {
            code: 'S82.141P',
            text: 'Displaced bicondylar fracture of right tibia, subsequent encounter for closed fracture with malunion',
            daysAgo: 12,
          },
        ],
        procedures: [
          {
            code: '73700',
            text: 'CT lower extremity without contrast',
            bodySite: 'Right knee',
            daysAgo: 12,
          },
        ],
      },
      truth: {
        knee_diagnosis: 'met',
        severe_imaging: 'unclear',
        joint_destroyed: 'met',
        limb_tumor: 'not_met',
        functional_limitation: 'met',
        three_months_care: 'unclear',
        medication_trial: 'met',
        active_therapy: 'not_met',
        injection_or_brace: 'not_met',
        active_infection: 'not_met',
      },
      spans: {
        joint_destroyed: 'malunited lateral plateau with 11 mm of depression',
        limb_tumor: 'there is no tumor here',
        functional_limitation: 'walks no further than his mailbox',
        medication_trial: 'He uses acetaminophen',
        active_therapy: 'He has had no physical therapy',
        injection_or_brace: 'no injections and no brace',
        active_infection: 'infection is excluded',
      },
      recommendation: 'approve',
    },
  ],
}
