import type { SectionKind } from '../note-document.ts'

/**
 * Section names as they appear in headings: lower case, without punctuation. The whole heading must consist of
 * these and of the words that a heading may add ("current", "and").
 */
const names: Readonly<Record<SectionKind, string>> = {
  complaint: `
    chief complaint, chief complaints, cc, presenting complaint, reason for visit, reason for consultation, reason
    for consult, reason for referral, presenting problem, reason for call, reason for encounter, presenting
    concern, concern, concerns`,
  history: `
    history of present illness, history of the present illness, hpi, subjective, s, interval history, interim
    history, history, present illness, history of presenting illness, history of presenting complaint, clinical
    history, history of injury, injury history, treatment history, prior treatment, prior treatments, treatment to
    date, treatments to date, conservative treatment, conservative care, conservative therapy, conservative
    management, previous treatment, previous treatments, past treatment, past treatments, treatments tried,
    functional status, functional history, function, interval events, pain history, previous treatment history,
    therapies tried, prior therapies, prior therapy, associated symptoms, nonoperative treatment, non operative
    treatment, non surgical treatment, sleep history`,
  review_of_systems: `
    review of systems, ros, review of symptoms, systems review, symptom review, symptoms review, systems reviewed,
    review of system, system review, symptom checklist, symptom screen, red flags, red flag symptoms, red flag
    screen, red flag review, red flag checklist, red flag screening, red flag questions, pertinent ros, ros
    symptoms`,
  past_history: `
    past medical history, pmh, pmhx, medical history, past history, problem list, problems, active problems, past
    medical problems, active problem list, comorbidities, medical problems, medical, past medical, pmh psh, past
    medical surgical history, past medical and surgical history, chronic conditions, chronic problems, significant
    past medical history, patient active problem list, discontinued medications, discontinued meds, stopped
    medications, inactive medications, past medications, past meds, previous medications, previous meds, prior
    medications, prior meds, former medications, medications discontinued, discontinued outpatient medications`,
  surgical_history: `
    past surgical history, psh, pshx, surgical history, surgeries, past surgeries, prior surgery, prior surgeries,
    operations, surgical, past procedures, procedure history, previous surgery, previous surgeries, operative
    history, past surgical, procedural history`,
  family_history: `
    family history, fh, fhx, famhx, fam hx, family hx, family medical history, family, family health history,
    familial history, fmh, fmhx, family and social history, pertinent family history, significant family history,
    family medical hx`,
  social_history: `
    social history, sh, shx, social hx, social, habits, substance use, tobacco use, psychosocial, psychosocial
    history, occupational history, lifestyle, substance history, sexual history, living situation, social
    determinants of health, substance abuse history`,
  medications: `
    medications, medication, meds, medication list, home medications, current medications, medications prior to
    admission, prescriptions, home meds, outpatient medications, medicines, discharge medications, current
    outpatient medications, current meds, active medications, outpatient prescriptions, medications reviewed,
    medication history, prior to admission medications`,
  allergies: `
    allergies, allergy, drug allergies, medication allergies, adverse reactions, intolerances, allergies and
    intolerances, allergies and adverse reactions, drug allergy, known allergies, allergies reviewed, allergies
    adverse reactions, allergy list, allergies intolerances`,
  exam: `
    physical exam, physical examination, exam, examination, pe, objective, o, vitals, vital signs, vs, on exam, on
    examination, neurologic exam, neurological exam, neuro exam, neurologic examination, neurological examination,
    musculoskeletal exam, clinical examination, vitals reviewed, mental status exam, mental status examination,
    objective findings, focused exam, knee exam, hip exam, shoulder exam, spine exam, lumbar exam, back exam, skin
    exam, musculoskeletal examination, cardiac exam, o e, oe, phys exam, pex, exam today, on exam today, exam right, exam left,
    exam l, exam r, exam findings, physical, physical exam findings, physical
    findings, examination findings, vital signs reviewed, measurements`,
  results: `
    results, labs, lab results, laboratory results, laboratory, laboratory data, imaging, imaging results,
    diagnostic studies, studies, data, data reviewed, diagnostics, radiology, diagnostic results, test results,
    imaging studies, lab data, procedures, pathology, findings, investigations, tests, pertinent results,
    diagnostic data, labs and imaging, imaging and labs, pertinent labs, relevant imaging, prior imaging, imaging
    reviewed, recent labs, recent imaging, diagnostic tests, radiology results, laboratory studies, results
    reviewed, diagnostic imaging, img, films, film, x rays, xrays, x ray, xray, radiographs, plain films, sleep study, sleep study results, polysomnography, echocardiogram, pulmonary
    function tests, technique, comparison, labs reviewed, procedure, lab`,
  assessment: `
    assessment, impression, diagnosis, diagnoses, a, assessment and plan, assessment plan, a p, impression and
    plan, impression plan, a and p, ap, clinical impression, final diagnosis, imp, dx, working impression, provisional diagnosis, assess, assessment and recommendations,
    medical decision making, mdm, conclusion, conclusions, summary, assessment and diagnosis, working diagnosis,
    discharge diagnosis, admission diagnosis, impression and recommendations, visit diagnosis, visit diagnoses,
    encounter diagnoses, discussion, final diagnoses, discharge diagnoses, problem based assessment and plan,
    differential diagnosis, differential, ddx, assessment plan recommendations, primary diagnosis, clinical
    assessment`,
  plan: `
    plan, p, plan of care, treatment plan, recommendations, recommendation, orders, disposition, plan and
    recommendations, follow up, followup, follow up plan, plans, care plan, management plan, orders placed, orders
    this visit, treatment recommendations, next steps, goals, plan and follow up, plan of treatment, management,
    referrals, today s orders, new orders, plan goals, follow up instructions`,
  instructions: `
    instructions, patient instructions, discharge instructions, return precautions, patient education, education,
    counseling, counselling, precautions, after visit summary, avs, home care instructions, risks and benefits, risks,
    informed consent, consent, warning signs, safety net advice, er precautions, ed precautions, emergency
    precautions, strict return precautions, handout, return instructions, safety netting, when to call, when to
    seek care, when to seek help, patient education and counseling, red flag precautions, aftercare instructions,
    patient handout, when to call the doctor, when to seek medical attention, when to seek medical care, what to
    watch for, return to er, return to ed, when to return, side effects, possible side effects, discharge
    information, anticipatory guidance, post procedure instructions, risks benefits and alternatives,
    complications, risks and complications, avs, leaflet, patient leaflet, brochure, pamphlet, information sheet,
    info sheet, fact sheet, education sheet, patient information sheet, patient information leaflet, handout given,
    handouts, handouts given, patient education given, patient education provided, education given, education
    provided, teaching, patient teaching`,
  other: `
    addendum, attestation, attending attestation, signature, electronically signed, progress note, prior note,
    previous note, visit note, office visit, telephone encounter, nursing note, demographics, patient information,
    provider, insurance, immunizations, health maintenance, code status, billing, hospital course, ed course,
    clinical course, course, correction, consult note, consultation, screening, screenings, questionnaire,
    questionnaires, intake, intake form, scores, note, other, miscellaneous, procedure note, operative note,
    history and physical, durable medical equipment`,
}

const listed = (text: string): readonly string[] =>
  text.split(',').map((name) => name.trim().replaceAll(/\s+/g, ' '))
const kindOfName = new Map<string, SectionKind>(
  (Object.keys(names) as readonly SectionKind[]).flatMap((kind) =>
    listed(names[kind]).map((name) => [name, kind] as const),
  ),
)
/** Words that a heading may add. */
const leading =
  /^(?:current|updated|today s|todays|pertinent|relevant|brief|complete|full|focused|additional|patient s|patient|pt|reviewed|her|his|significant|limited|interim|\d{1,2}(?:\s?point)?|\d{1,2}\s+system)\s+/
const trailing =
  /\s+(?:reviewed|review|today|updated|continued|cont|section|form|table|list|as follows)$/

/** Names of studies: "MRI lumbar spine". */
const study =
  /^(?:repeat |prior |recent )?(?:mri|mr|ct|xr|xray|x ray|x rays|radiographs?|plain films?|ultrasound|us|echo|echocardiogram|tte|emg|emg ncs|ncs|dexa|pet|pet ct|psg|polysomnogram|polysomnography|sleep study|home sleep test|home sleep apnea test|home sleep study|hsat|hst|pft|pfts|spirometry|ekg|ecg|eeg|stress test|mammogram|bone scan|labs?|laboratory)(?: |$)/
const instructive =
  /^when to (?:call|return|seek|worry)\b|\bprecautions$|\binstructions$|^risks\b.{0,40}$|^(?:possible |common )?side effects$/
const familial = /^(?:family|familial|fam)\b.*\b(?:history|hx)$/
const historical = /\b(?:medical|health) (?:history|hx)$/

/** The kind of section that a heading names; undefined if it names none. */
export function sectionKindOf(title: string): SectionKind | undefined {
  let name = normalized(title)
  for (let tries = 0; tries < 4 && name !== ''; tries += 1) {
    const kind = kindOfName.get(name)
    if (kind !== undefined) return kind
    const shorter = name.replace(leading, '').replace(trailing, '')
    if (shorter === name) break
    name = shorter
  }
  if (familial.test(name)) return 'family_history'
  if (instructive.test(name)) return 'instructions'
  if (historical.test(name)) return 'past_history'
  return undefined
}

/** "POLYSOMNOGRAM - FINAL REPORT": the text below it is the result of the study. */
export const titlesReport = (title: string): boolean =>
  namesStudy(title) &&
  /\breport\b/i.test(title) &&
  !/\b(?:request|pending|awaited|awaiting|no)\b/i.test(title)

export const namesStudy = (title: string): boolean => study.test(normalized(title))

const systems: ReadonlySet<string> = new Set(
  listed(`
    constitutional, general, gen, const, eyes, eye, ent, heent, hent, ears, nose, throat, ears nose mouth and
    throat, ears nose mouth throat, ears nose throat, mouth, neck, head, face, cardiovascular, cv, cardiac, cvs,
    heart, respiratory, resp, pulmonary, pulm, lungs, chest, gastrointestinal, gi, abdomen, abd, genitourinary,
    gu, musculoskeletal, msk, ms, extremities, integumentary, skin, derm, dermatologic, neurological, neurologic,
    neuro, psychiatric, psych, endocrine, endo, hematologic, heme, hematologic lymphatic, heme lymph, lymphatic,
    immunologic, allergic immunologic, allergic, allergy immunology, hematology lymphatic immunology, back, spine,
    pain, sleep, vascular, reproductive, breast, breasts, behavioral, mental health, gyn, appearance, gait,
    strength, reflexes, sensation, motor, sensory, bladder bowel, bowel bladder`),
)

/** A part of the body or of a review of systems: a group within a section, not a section. */
export const isSystem = (title: string): boolean => systems.has(normalized(title))

/** The last title that was looked up: callers ask for its section, its system and its study in turn. */
let last = { title: '', name: '' }

function normalized(title: string): string {
  if (title !== last.title) last = { title, name: nameOf(title) }
  return last.name
}

function nameOf(title: string): string {
  return title
    .slice(0, 120)
    .toLowerCase()
    .replaceAll(/\([^()]{0,60}\)/g, ' ')
    .replaceAll(/\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}
