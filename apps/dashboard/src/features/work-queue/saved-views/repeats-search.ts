import { searchWordsOf, toSearchText } from '@authscript/prior-auth'

/** Shorter words are in many names by chance. */
const minWordLength = 3

/** Whether the name of a view repeats the search text: mostly a patient's name, which would be kept as long as the view. */
export function repeatsSearch(name: string, searchText: string | undefined): boolean {
  if (searchText === undefined) return false
  const said = toSearchText(name)
  return (
    said.trim() === toSearchText(searchText).trim() ||
    searchWordsOf(searchText).some((word) => word.length >= minWordLength && said.includes(word))
  )
}
