import { type Page, pageOfText } from '../page.ts'
export const isHtml = (_: string): boolean => false
export const htmlPage = (text: string): Page => pageOfText(text)
