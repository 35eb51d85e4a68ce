var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function combineErrors(errors){let[first,second]=errors;return first&&!second?first:new KitErrors(errors)}function reasonOf(thrown){return thrown instanceof
Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"code"in thrown?thrown.code:void 0;return typeof code==
"string"?code:void 0}import{parseArgs}from"node:util";import{readFileSync,statSync}from"node:fs";import{join}from"node:path";import{getSystemErrorMap}from"node:util";var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
T_CACHE moves the cache",EROFS:"the file system is read-only; KIT_CACHE and KIT_STATE choose other folders",EACCES:"look at the permissions, or choose another f\
older",ENOTDIR:"a file is in the way; KIT_CACHE and KIT_STATE choose other folders",EEXIST:"a file is in the way; choose another folder",EMFILE:"raise the limit\
 of open files: ulimit -n 4096"};function fromSystemError(thrown){if(!(thrown instanceof Error)||!("syscall"in thrown)||!("errno"in thrown))return;let{syscall,errno}=thrown;if(typeof syscall!="\
string"||typeof errno!="number"||errno>=0)return;if(syscall.startsWith("spawn"))return new KitError(thrown.message,{cause:thrown});let code="code"in thrown&&typeof thrown.
code=="string"?thrown.code:"",named=["path","dest","address"].map(key=>thrown[key]).find(value=>typeof value=="string");return new KitError(`Cannot ${syscall}${named?
` "${named}"`:""}: ${errnoText(errno)}`,{cause:thrown,hint:hints[code]})}function systemReason(thrown){let errno=thrown instanceof Error&&"errno"in thrown?thrown.
errno:void 0;return typeof errno=="number"&&errno<0?errnoText(errno):reasonOf(thrown)}var metadataFolder=()=>process.env.KIT_METADATA||"/run/config",maxBytes=1<<20;function metadataText(path,folder=metadataFolder()){let file=join(folder,path);try{
if(statSync(file).size>maxBytes)throw new KitError(`Cannot read "${file}": longer than ${maxBytes} bytes`);return readFileSync(file,"utf8").trim()||void 0}catch(thrown){
if(thrown instanceof KitError)throw thrown;if(codeOf(thrown)==="ENOENT"||codeOf(thrown)==="ENOTDIR")return;throw new KitError(`Cannot read "${file}": ${systemReason(
thrown)}`,{cause:thrown})}}import{join as join2}from"node:path";var Unfit=class extends Error{};function readValue(row,text){if(row.type==="string"){if(row.choices&&!row.choices.includes(text))throw new Unfit(`not one of ${row.
choices.join(", ")}`);return text}if(row.type==="boolean"){if(/^(?:true|yes|1)$/i.test(text))return!0;if(/^(?:false|no|0)$/i.test(text))return!1;throw new Unfit(
"not true or false")}if(row.type==="json")return readJson(row.check,text);let{min=Number.MIN_SAFE_INTEGER,max=Number.MAX_SAFE_INTEGER}=row,form=row.type==="inte\
ger"?/^-?\d{1,15}$/:/^-?\d{1,15}(?:\.\d{1,15})?$/,number=Number(text);if(form.test(text)&&number>=min&&number<=max)return number;throw new Unfit(`not a ${row.type===
"integer"?"whole number":"number"}${rangeText(row)}`)}function rangeText({min,max}){let from=min===void 0?"":` from ${min}`;return max===void 0?from:`${from}${from===
""?" up":""} to ${max}`}function readJson(check,text){try{return check(JSON.parse(text))}catch(thrown){throw thrown instanceof SyntaxError?new Unfit("not JSON"):
new Unfit(thrown instanceof Error?thrown.message:String(thrown))}}var flagOf=name=>`--${name.replace(/[A-Z]/g,letter=>`-${letter.toLowerCase()}`)}`;function settle(table,flags,sources){let errors=[],values={};for(let[name,row]of Object.
entries(table)){let given=givenFor(name,row,flags(name),sources);!given&&row.required?errors.push(missing(name,row,sources)):values[name]=given?read(row,given,errors):
fallback(row)}if(errors.length>0)throw combineErrors(errors);return values}function givenFor(name,{env,metadata},texts,sources){if(texts)return{texts,shown:text2=>`${flagOf(
name)} ${quoted(text2)}`};let variable=env===void 0?void 0:sources.env[env];if(variable)return{texts:[variable],shown:text2=>`${env} ${quoted(text2)}`};let text=metadata===
void 0?void 0:metadataText(metadata,sources.folder);if(!(text===void 0||metadata===void 0))return{texts:[text],shown:()=>`"${join2(sources.folder,metadata)}"`}}
var quoted=text=>JSON.stringify(text.length>64?`${text.slice(0,64)}\u2026`:text);function read(row,{texts,shown},errors){let values=texts.map(text=>{try{return readValue(
row,text)}catch(thrown){if(!(thrown instanceof Unfit))throw thrown;errors.push(new KitError(`Cannot use ${shown(text)}: ${thrown.message}`,{exitCode:2}));return}});
return row.multiple?values:values.at(-1)}function fallback(row){return row.default!==void 0?row.default:row.multiple?[]:row.type==="boolean"?!1:void 0}function missing(name,{
env,metadata,description},{folder}){let ways=[flagOf(name)];env!==void 0&&ways.push(`${env} in the environment`),metadata!==void 0&&ways.push(`the file "${metadata}\
" of the machine's metadata (in ${folder})`);let what=description===void 0?"":`, ${description},`;return new KitError(`Cannot start: ${flagOf(name)}${what} is m\
issing`,{hint:`it comes from ${ways.join(", or ")}`,exitCode:2})}function readArguments(table,options={}){let{args=process.argv.slice(2),env=process.env,folder=metadataFolder()}=options,given=parse(table,args);return settle(table,
name=>given.get(name),{env,folder})}function parse(table,args){let rows=Object.entries(table),flags=rows.filter(([,row])=>!row.positional),positional=rows.find(
([,row])=>row.positional)?.[0];try{let{values,positionals}=parseArgs({args:[...args],options:Object.fromEntries(flags.map(([name,row])=>[flagName(name),optionOf(
row)])),allowPositionals:positional!==void 0}),given=flags.flatMap(([name])=>{let value=values[flagName(name)];return value===void 0?[]:[[name,[value].flat().map(
String)]]});return positional!==void 0&&positionals.length>0&&given.push([positional,positionals]),new Map(given)}catch(thrown){let[reason]=reasonOf(thrown).split(
". ");throw new KitError(`Cannot read the arguments: ${reason}`,{hint:flags.length>0?`there are ${flags.map(([name])=>flagOf(name)).join(", ")}`:"there are none",
exitCode:2,cause:thrown})}}var flagName=name=>flagOf(name).slice(2),optionOf=({type,multiple})=>({type:type==="boolean"?"boolean":"string",multiple:multiple??!1});function withFields(message,fields){let line=message.replace(/[\n\r]/g,end=>end===`
`?"\\n":"\\r");return Object.keys(fields).length===0?line:`${line} ${json(fields)}`}function json(fields){try{return JSON.stringify(fields,plainValue)}catch{return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key,value])=>[key,
String(value)])))}}function plainValue(_,value){if(typeof value=="bigint")return Number.isSafeInteger(Number(value))?Number(value):String(value);if(!(value instanceof
Error))return value;let{name,message,stack,cause}=value;return{name,message,..."code"in value&&{code:value.code},stack,...cause!==void 0&&{cause}}}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];var levelPrefix=level=>`<${levels.indexOf(level)}>`;import{writeSync}from"node:fs";function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}import{existsSync}from"node:fs";var marker="/usr/lib/kit/preload.cjs",inKit=existsSync(marker);function newLogger(marked,write,common={}){let at=level=>(message,fields)=>{let text=withFields(message,{...common,...fields});if(marked)return write(`${levelPrefix(
level)}${text}`);write(`${plainNames[level]??""}${text}`,level==="warning"||level==="err"?2:1)};return{debug:at("debug"),info:at("info"),notice:at("notice"),warn:at(
"warning"),error:at("err"),with:fields=>newLogger(marked,write,{...common,...fields})}}var plainNames={warning:"warning: ",err:"error: "},log=newLogger(inKit,printLine);function readMetadata(table,{folder=metadataFolder()}={}){return settle(table,()=>{},{env:{},folder})}var readyLine="ready";function ready(){inKit&&log.notice(readyLine)}import{getEventListeners}from"node:events";function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
`);let system=fromSystemError(thrown);if(system)return renderError(system,style);if(!(thrown instanceof KitError)){let text=thrown instanceof Error?thrown.stack??
thrown.message:String(thrown);return`${label("error",style)} Unexpected failure, which is a bug in kit: ${text}`}let lines=[renderMessage("error",thrown.message,
thrown,style)];return style.trace&&lines.push(thrown.stack??"",...causes(thrown.cause)),lines.join(`
`)}function renderMessage(severity,message,{place,hint},style={}){let where=place?`${place.file}:${place.line}:${place.column}: `:"",start=`${severity}:`,text=broken(
`${start} ${harmless(`${where}${message}`)}`,style),lines=[`${label(severity,style)}${text.slice(start.length)}`];return place?.text!==void 0&&lines.push(...excerpt(
place.line,place.column,place.text)),hint&&lines.push(paint(dim,broken(`(hint: ${harmless(hint)})`,style),style)),lines.join(`
`)}var dim=[2,22],bold=[1,22],looks={error:[31,39],warning:[33,39]},paint=([on,off],text,{colour=!1})=>colour?`\x1B[${on}m${text}\x1B[${off}m`:text,label=(severity,style)=>paint(
bold,paint(looks[severity],`${severity}:`,style),style);function broken(text,{columns}){return columns===void 0?text:text.split(`
`).flatMap(line=>brokenLine(line,Math.max(columns,40))).join(`
`)}function brokenLine(line,columns){let lines=[],rest=line;for(;rest.length>columns;){let before=rest.lastIndexOf(" ",columns),at=rest.slice(0,before).trim()===
""?rest.indexOf(" ",columns):before;if(at===-1)break;lines.push(rest.slice(0,at)),rest=`  ${rest.slice(at+1)}`}return[...lines,rest]}var active=/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
function harmless(text){return text.replace(/\r\n?/g,`
`).replace(active,char=>char===`
`||char==="	"?char:`\\u${char.charCodeAt(0).toString(16).padStart(4,"0")}`)}var excerptWidth=120;function excerpt(line,column,text){let start=column>excerptWidth-
20?column-excerptWidth/2:0,number=String(line).padStart(5),shown=text.slice(start,start+excerptWidth).replace(active," ");return[`${number} | ${shown}`,`${" ".repeat(
number.length)} | ${" ".repeat(column-1-start)}^`]}function causes(cause){if(cause===void 0)return[];let rest=cause instanceof Error?causes(cause.cause):[];return[
`caused by: ${cause instanceof Error?cause.stack??cause.message:reasonOf(cause)}`,...rest]}var signals={SIGTERM:15,SIGINT:2};async function runService(main,{stopTimeoutMs=8e3}={}){let abort=new AbortController,{signal}=abort,alive=setInterval(()=>{},2**
30),isDone=!1,stop=number=>{!signal.aborted&&getEventListeners(signal,"abort").length>0||process.exit(128+number),setTimeout(()=>endLate(stopTimeoutMs,isDone),stopTimeoutMs).
unref(),abort.abort()};for(let[name,number]of Object.entries(signals))process.on(name,()=>stop(number));try{await main({signal,log,ready,stopped:()=>whenAborted(
signal)})}catch(thrown){printFailure(thrown),process.exitCode=thrown instanceof KitError?thrown.exitCode:1}finally{isDone=!0,clearInterval(alive)}}function whenAborted(signal){
return signal.aborted?Promise.resolve():new Promise(resolve=>signal.addEventListener("abort",()=>resolve(),{once:!0}))}function endLate(stopTimeoutMs,isDone){let open=[
...new Set(process.getActiveResourcesInfo())].filter(name=>name!=="Timeout"),why=isDone?`still open: ${open.join(", ")||"timers"}`:"its main function has not re\
turned";log.warn(`not stopped within ${stopTimeoutMs/1e3} s: ${why}`),process.exit(isDone?process.exitCode??0:1)}function printFailure(thrown){thrown instanceof
KitError||thrown instanceof KitErrors?printLine(renderError(thrown),2):printStack(thrown)}function printStack(thrown){let system=fromSystemError(thrown);system&&
log.error(system.message),printLine(thrown instanceof Error?thrown.stack??String(thrown):`Error: ${String(thrown)}`,2)}export{KitError,log,metadataFolder,metadataText,readArguments,readMetadata,ready,runService};
