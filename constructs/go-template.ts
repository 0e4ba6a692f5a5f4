/**
 * Text as a template of Go that renders it: External Secrets Operator renders the values of labels and annotations too, and could put
 * the password into them. https://pkg.go.dev/text/template
 */
export function goTemplate(text: string): string {
  return text.replaceAll("{{", '{{"{{"}}');
}
