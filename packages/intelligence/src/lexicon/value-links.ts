import { stemOf } from './stem.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(stemOf))

/** Words of dates: "assay on the 3rd of May this year was negative". */
export const ofDates = set(`
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  this last year month week today yesterday ago st nd rd th from dated
`)

/** Words that link an observable with its value. */
export const links = set(`
  with of in for on to also grossly otherwise both all still now well remains reports noted found function
`)

/** Handling of a sample or skin test before its result is known: "PPD placed 5/11, read 5/13: 0 mm". */
export const ofTests = set(`
  came come back returned resulted result read placed drawn done collected obtained performed repeated repeat showed shows reported
  completed per by lab outside at as test testing panel titer level total serum blood screen day one two three four five six eight ten plus
  gold in = ( ) tb tuberculosis latent igg antibody antigen ag ab dated spring summer fall winter hours hr b c all both induration arm
  forearm final status interpretation value
`)
