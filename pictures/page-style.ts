import { FONTS, themeCss } from "./theme";

/** How all pages look: on phones and wide screens, light and dark, and on paper. */
export const PAGE_CSS = `${themeCss(":root")}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.5 ${FONTS}}
body{margin:0 auto;max-width:90rem;padding:1rem}
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1.05rem;margin:1.25rem 0 .5rem}
h1,h2,h3,p,li,dd,figcaption,caption{overflow-wrap:anywhere}
p,ul{max-width:60rem}
a{color:var(--blue)}
a:focus-visible,input:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--orange);outline-offset:2px}
main:focus{outline:none}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.anchor{text-decoration:none;font-weight:400;color:var(--soft)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.5rem 0;padding:0}
nav form{display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
nav form[hidden]{display:none}
input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.25rem .5rem;max-width:100%}
.scroll{overflow-x:auto;max-width:100%;position:relative}
.scroll svg{display:block;max-width:100%;height:auto}
time{white-space:nowrap}
figure{margin:1rem 0}
figcaption,caption{color:var(--soft);text-align:left;padding:.25rem 0}
table{border-collapse:collapse;margin:.75rem 0;min-width:min(100%,40rem);font-size:.9rem}
th,td{border-bottom:1px solid var(--line);padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top;overflow-wrap:break-word}
td{min-width:6.5rem}
td:has(code){min-width:16rem}
thead th{border-bottom-width:2px}
tbody th{font-weight:700}
td.number,th.number{text-align:right;min-width:0}
td:has(time){min-width:0}
tr:target{outline:3px solid var(--orange)}
code{font-family:"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:.75rem;margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
.good,.bad,.warn{font-weight:700}
.good{color:var(--green)}
.bad{color:var(--red)}
.warn{color:var(--orange)}
@media print{nav,.skip,.anchor{display:none}body{max-width:none;padding:0}.scroll{overflow:visible}.scroll svg{min-width:0!important}section{break-inside:auto}tr,figure{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}}`;
