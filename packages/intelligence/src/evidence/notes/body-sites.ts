/** Parts of the body as notes name them. A sentence that names another one and not the asked one is about another one. */
export const bodySites = {
  head: /\b(?:head|skull|brain|cranial|intracranial)\b/i,
  neck: /\b(?:neck|cervical)\b/i,
  chest: /\b(?:chest|thorax|thoracic|lungs?|pulmonary|ribs?)\b/i,
  low_back:
    /\b(?:(?:low(?:er)? )?back|lumbar|lumbosacral|sacr(?:al|um)|l[1-5](?:[-/]?(?:[sl]?[1-5]))?)\b/i,
  abdomen: /\b(?:abdom(?:en|inal)|pelvi[cs]|renal|kidneys?|bladder)\b/i,
  shoulder: /\b(?:shoulders?|rotator cuff|glenohumeral|scapul\w+|clavicles?)\b/i,
  elbow: /\b(?:elbows?|olecranon)\b/i,
  hand: /\b(?:wrists?|hands?|fingers?|thumbs?|carpal)\b/i,
  hip: /\b(?:hips?|femoral head|acetabul\w+|groin|trochanter\w*)\b/i,
  knee: /\b(?:knees?|patell\w+|menisc\w+|tibiofemoral|cruciate|acl|pcl|mcl|lcl)\b/i,
  ankle: /\b(?:ankles?|achilles|malleol\w+)\b/i,
  foot: /\b(?:foot|feet|toes?|heels?|plantar|hallux|calcane\w+)\b/i,
} as const

export type BodySite = keyof typeof bodySites

export const bodySiteNames = Object.keys(bodySites) as readonly BodySite[]

/** Whether a sentence may speak of `site`: it names it, or no other. */
export function mayBeAbout(text: string, site: BodySite): boolean {
  if (bodySites[site].test(text)) return true
  return !bodySiteNames.some((other) => other !== site && bodySites[other].test(text))
}
