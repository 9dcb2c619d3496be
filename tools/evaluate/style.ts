/** The writing style of a note, from its layout. Results may differ by style. */
export function styleOf(note: string | undefined): string {
  if (note === undefined || note.trim() === '') return 'no note'
  const lines = note.split('\n').filter((line) => line.trim() !== '')
  const share = (pattern: RegExp) =>
    lines.filter((line) => pattern.test(line)).length / Math.max(1, lines.length)
  if (/<\/?(?:p|div|br|ul|li|table|tr|td|b|h\d)\b/i.test(note)) return 'HTML'
  if (/\[[ xX]?\]|[☐☑☒]|\([xX ]\)/.test(note)) return 'check boxes'
  if (share(/\|| {3,}\S.* {3,}\S/) > 0.3) return 'table'
  if (share(/^\s*(?:[-*•]|\d+[.)])\s/) > 0.3) return 'lists'
  if (note === note.toUpperCase()) return 'capitals'
  if (lines.length >= 6 && share(/^.{40,80}$/) > 0.7 && share(/[.!?:]\s*$/) < 0.6)
    return 'hard wrap'
  if (lines.length > 3 && share(/^[A-Z][\w /&-]{2,30}:/) > 0.4) return 'sections'
  const words = note.split(/\s+/).length
  const sentences = note.split(/[.!?](?:\s|$)/).length
  return words / sentences < 6 ? 'telegraphic' : 'prose'
}
