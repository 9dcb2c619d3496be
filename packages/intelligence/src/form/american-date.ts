export { americanDate } from '@authscript/prior-auth'
