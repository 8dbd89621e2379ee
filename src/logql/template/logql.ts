// stub
export function compileLineTemplate(text: string): any {
  return Object.assign((l: any) => text, { labels: [] as string[] });
}
