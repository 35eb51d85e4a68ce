const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var __defProp=Object.defineProperty;var __getOwnPropNames=Object.getOwnPropertyNames;var __esm=(fn,res,err)=>function(){if(err)throw err[0];try{return fn&&(res=(0,fn[__getOwnPropNames(fn)[0]])(fn=0)),res}catch(e){throw err=[e],e}};var __export=(target,all10)=>{for(var name in all10)__defProp(target,name,{get:all10[name],enumerable:!0})};var all,accessSync,closeSync,existsSync,openSync,readFileSync,statSync,writeSync,constants,init_node_fs=__esm({"builtin:node:fs"(){all=process.getBuiltinModule(
"node:fs"),accessSync=all.accessSync,closeSync=all.closeSync,existsSync=all.existsSync,openSync=all.openSync,readFileSync=all.readFileSync,statSync=all.statSync,
writeSync=all.writeSync,constants=all.constants}});var all2,hostname,release,machine,constants2,init_node_os=__esm({"builtin:node:os"(){all2=process.getBuiltinModule("node:os"),hostname=all2.hostname,release=all2.
release,machine=all2.machine,constants2=all2.constants}});var all3,getSystemErrorMap,getSystemErrorMessage,parseArgs,init_node_util=__esm({"builtin:node:util"(){all3=process.getBuiltinModule("node:util"),getSystemErrorMap=
all3.getSystemErrorMap,getSystemErrorMessage=all3.getSystemErrorMessage,parseArgs=all3.parseArgs}});var all6,ReadStream,init_node_tty=__esm({"builtin:node:tty"(){all6=process.getBuiltinModule("node:tty"),ReadStream=all6.ReadStream}});var all7,DynamicLibrary,getInt32,init_node_ffi=__esm({"builtin:node:ffi"(){all7=process.getBuiltinModule("node:ffi"),DynamicLibrary=all7.DynamicLibrary,getInt32=
all7.getInt32}});function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(-errno)??"failed"}catch{return"faile\
d"}}function bindFunctions(definitions){let functions={};for(let[name,signature]of Object.entries(definitions))Object.defineProperty(functions,name,{get:()=>{let value=loaded.
getFunction(name,signature);return Object.defineProperty(functions,name,{value}),value},configurable:!0});return functions}function check(syscall,result,subject){
if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}var SyscallError,names,loaded,__errno_location,errnoAddress,init_ffi=__esm(
{"lib/linux/ffi.ts"(){init_node_ffi();init_node_os();init_node_util();SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){
let code=errnoName(errno);super(`${syscall}${subject===void 0?"":` "${subject}"`}: ${reason(errno)} (${code})`),this.syscall=syscall,this.code=code,this.errno=errno}},
names=new Map(Object.entries(constants2.errno).reverse().map(([name,value])=>[value,name]));loaded=new DynamicLibrary(null);({__errno_location}=bindFunctions({__errno_location:{
arguments:[],return:"pointer"}})),errnoAddress=__errno_location()}});function ioctl(name,fd,request,argument,subject){return check(`ioctl ${name}`,libc.ioctl(fd,BigInt(request),argument),subject)}var libc,init_ioctl=__esm({"lib/l\
inux/io/ioctl.ts"(){init_ffi();libc=bindFunctions({ioctl:{arguments:["int32","uint64","pointer"],return:"int32"}})}});function setTerminalModes(fd,modes){let termios=Buffer.alloc(36);ioctl("TCGETS",fd,TCGETS,termios),applyModes(termios,modes),ioctl("TCSETSW",fd,TCSETSW,termios)}
function applyModes(termios,modes){for(let[name,value]of Object.entries(modes))value!==void 0&&(isKey(flags,name)?setFlag(termios,flags[name],!!value):isKey(characters,
name)&&setCharacter(termios,characters[name],Number(value)))}function setFlag(termios,[word,bit],on){let old=termios.readUInt32LE(words[word]);termios.writeUInt32LE(
(on?old|bit:old&~bit)>>>0,words[word])}function setCharacter(termios,index,value){termios[controlCharacters+index]=value===255?0:value}function isKey(table,name){
return Object.hasOwn(table,name)}function onOff(names2,on){return Object.fromEntries(names2.map(name=>[name,on]))}var TCGETS,TCSETSW,words,controlCharacters,flags,
characters,saneModes,init_termios=__esm({"lib/linux/terminal/termios.ts"(){init_ioctl();TCGETS=21505,TCSETSW=21507,words={input:0,output:4,control:8,local:12},controlCharacters=
17,flags={IGNPAR:["input",4],PARMRK:["input",8],INPCK:["input",16],ISTRIP:["input",32],INLCR:["input",64],IGNCR:["input",128],ICRNL:["input",256],IUCLC:["input",
512],IXON:["input",1024],IXANY:["input",2048],IXOFF:["input",4096],IMAXBEL:["input",8192],IUTF8:["input",16384],OPOST:["output",1],OLCUC:["output",2],ONLCR:["ou\
tput",4],OCRNL:["output",8],ONOCR:["output",16],ONLRET:["output",32],CREAD:["control",128],CLOCAL:["control",2048],ISIG:["local",1],ICANON:["local",2],XCASE:["l\
ocal",4],ECHO:["local",8],ECHOE:["local",16],ECHOK:["local",32],ECHONL:["local",64],NOFLSH:["local",128],TOSTOP:["local",256],ECHOCTL:["local",512],ECHOKE:["loc\
al",2048],IEXTEN:["local",32768]},characters={VINTR:0,VQUIT:1,VERASE:2,VKILL:3,VEOF:4,VSTART:8,VSTOP:9,VSUSP:10,VEOL:11,VREPRINT:12,VDISCARD:13,VWERASE:14,VLNEXT:15,
VEOL2:16},saneModes={...onOff(["CREAD","ICRNL","IXON","IUTF8","OPOST","ONLCR"],!0),...onOff(["ISIG","ICANON","IEXTEN","ECHO","ECHOE","ECHOK","ECHOCTL","ECHOKE"],
!0),...onOff(["IGNCR","INLCR","ISTRIP","IXOFF","IUCLC","OCRNL","ONOCR","ONLRET","OLCUC"],!1),...onOff(["XCASE","ECHONL","NOFLSH","TOSTOP"],!1),VINTR:3,VQUIT:28,
VERASE:127,VKILL:21,VEOF:4,VSTART:17,VSTOP:19,VSUSP:26,VEOL:0,VREPRINT:18,VDISCARD:15,VWERASE:23,VLNEXT:22,VEOL2:0}}});function ownDescriptor(stream,given){let{_handle:handle}=stream;return handle?.fd??given}var maxBytes2,Prompt,init_prompt=__esm({"services/getty/prompt.ts"(){init_node_fs();
init_node_tty();init_termios();maxBytes2=256,Prompt=class{#stream;#fd;#text="";#ended=!1;#wake=()=>{};constructor(device){let fd=openSync(device,constants.O_RDWR|
constants.O_NOCTTY|constants.O_NONBLOCK);this.#stream=new ReadStream(fd),this.#fd=ownDescriptor(this.#stream,fd),this.#fd!==fd&&closeSync(fd),this.#stream.on("d\
ata",chunk=>{this.#text=(this.#text+chunk.toString("utf8")).slice(-maxBytes2),this.#wake()});for(let event of["end","error","close"])this.#stream.on(event,()=>{
this.#ended=!0,this.#wake()})}write(text){this.#ended||this.#stream.write(text.replaceAll(`
`,`\r
`))}async ask(question,{echo=!0}={}){setTerminalModes(this.#fd,{ECHO:echo}),this.write(question);let line=await this.#line();return echo||this.write(`
`),line}async#line(){for(;;){let end=this.#text.search(/[\r\n]/);if(end>=0){let line=this.#text.slice(0,end);return this.#text=this.#text.slice(end+1),line}if(this.#ended)
return;await new Promise(resolve2=>{this.#wake=resolve2})}}[Symbol.dispose](){this.#stream.destroy()}}}});var all9,createHash,timingSafeEqual,init_node_crypto=__esm({"builtin:node:crypto"(){all9=process.getBuiltinModule("node:crypto"),createHash=all9.createHash,timingSafeEqual=
all9.timingSafeEqual}});function rotations(count,next){let triples=[];for(let triple=[0,count,2*count];triples.length<count;triple=next(triple))triples.push(triple);return triples}function shaCrypt(password,setting){
let[,id="",rounds,rest=""]=/^\$([56])\$(?:rounds=(\d+)\$)?([^$]*)/.exec(setting)??[],scheme=schemes.get(id);if(!scheme)throw new RangeError("not a setting of sh\
a256crypt or sha512crypt");let count=rounds===void 0?defaultRounds:Math.min(Math.max(Number(rounds),minRounds),maxRounds),salt=Buffer.from(rest).subarray(0,maxSaltBytes),
digest=stretch(scheme.hash,Buffer.from(password),salt,count),shownRounds=rounds===void 0?"":`rounds=${count}$`;return`$${id}$${shownRounds}${salt.toString()}$${encode(
digest,scheme.order)}`}function stretch(hash,password,salt,rounds){let digest=(...parts)=>parts.reduce((sum,part)=>sum.update(part),createHash(hash)).digest(),b=digest(
password,salt,password),start=[password,salt,repeated(b,password.length)];for(let bits=password.length;bits>0;bits>>=1)start.push(bits&1?b:password);let a=digest(
...start),p=repeated(digest(...Array.from(password,()=>password)),password.length),s=repeated(digest(...Array.from({length:16+(a[0]??0)},()=>salt)),salt.length);
for(let round=0;round<rounds;round++){let odd=round&1,parts=[odd?p:a];round%3&&parts.push(s),round%7&&parts.push(p),a=digest(...parts,odd?a:p)}return a}function repeated(bytes,length){
return Buffer.alloc(length,bytes)}function encode(digest,order){return order.map(group=>{let word=group.reduce((value,index)=>value<<8|(digest[index]??0),0),text="";
for(let left=group.length+1;left>0;left--,word>>=6)text+=alphabet[word&63];return text}).join("")}var schemes,defaultRounds,minRounds,maxRounds,maxSaltBytes,alphabet,
init_sha_crypt=__esm({"services/getty/sha-crypt.ts"(){init_node_crypto();schemes=new Map([["5",{hash:"sha256",order:[...rotations(10,([a,b,c])=>[c+1,a+1,b+1]),[
31,30]]}],["6",{hash:"sha512",order:[...rotations(21,([a,b,c])=>[b+1,c+1,a+1]),[63]]}]]);defaultRounds=5e3,minRounds=1e3,maxRounds=999999999,maxSaltBytes=16;alphabet=
"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}});function passwordHash(shadow,user){return shadow.split(`
`).find(text=>text.startsWith(`${user}:`))?.split(":")[1]}function unusableReason(hash){if(hash===void 0)return"no such user";if(hash==="")return"no password is\
 set";if(/^[!*]/.test(hash))return"the password is locked";if(!/^\$[56]\$/.test(hash))return"the password is not hashed by sha256crypt or sha512crypt"}function passwordMatches(password,hash){
if(hash===void 0||unusableReason(hash)!==void 0)return!1;let actual=Buffer.from(shaCrypt(password,hash)),expected=Buffer.from(hash);return actual.length===expected.
length&&timingSafeEqual(actual,expected)}var init_shadow=__esm({"services/getty/shadow.ts"(){init_node_crypto();init_sha_crypt()}});var login_exports={};__export(login_exports,{login:()=>login});async function login({device,hostname:hostname2,shadow,log:log2,penaltyMs}){using prompt=new Prompt(
device);let user=await prompt.ask(`${hostname2} login: `);if(user===void 0||user==="")return!1;let password=await prompt.ask("Password: ",{echo:!1});if(password===
void 0)return!1;let hash=user==="root"?passwordHash(shadow(),user):void 0;if(passwordMatches(password,hash))return!0;let reason2=unusableReason(hash)??"wrong pa\
ssword";return log2(`refused a login on ${device}: ${reason2}`),await new Promise(resolve2=>setTimeout(resolve2,penaltyMs)),prompt.write(`Login incorrect

`),!1}var init_login=__esm({"services/getty/login.ts"(){init_prompt();init_shadow()}});init_node_fs();init_node_os();function shellEnvironment(user,home,shell2){return{PATH:"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",HOME:home,USER:user,LOGNAME:user,SHELL:shell2}}
var shellPrompt="\\h:\\w\\$ ";var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function combineErrors(errors){let[first,second]=errors;return first&&!second?first:new KitErrors(errors)}function reasonOf(thrown){return thrown instanceof
Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"code"in thrown?thrown.code:void 0;return typeof code==
"string"?code:void 0}init_node_util();init_node_fs();var all4=process.getBuiltinModule("node:path");var resolve=all4.resolve;var join=all4.join;var dirname=all4.dirname;init_node_util();var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
T_CACHE moves the cache",EROFS:"the file system is read-only; KIT_CACHE and KIT_STATE choose other folders",EACCES:"look at the permissions, or choose another f\
older",ENOTDIR:"a file is in the way; KIT_CACHE and KIT_STATE choose other folders",EEXIST:"a file is in the way; choose another folder",EMFILE:"raise the limit\
 of open files: ulimit -n 4096"};function fromSystemError(thrown){if(!(thrown instanceof Error)||!("syscall"in thrown)||!("errno"in thrown))return;let{syscall,errno}=thrown;if(typeof syscall!="\
string"||typeof errno!="number"||errno>=0)return;if(syscall.startsWith("spawn"))return new KitError(thrown.message,{cause:thrown});let code="code"in thrown&&typeof thrown.
code=="string"?thrown.code:"",named=["path","dest","address"].map(key=>thrown[key]).find(value=>typeof value=="string");return new KitError(`Cannot ${syscall}${named?
` "${named}"`:""}: ${errnoText(errno)}`,{cause:thrown,hint:hints[code]})}function systemReason(thrown){let errno=thrown instanceof Error&&"errno"in thrown?thrown.
errno:void 0;return typeof errno=="number"&&errno<0?errnoText(errno):reasonOf(thrown)}var metadataFolder=()=>process.env.KIT_METADATA||"/run/config",maxBytes=1<<20;function metadataText(path,folder=metadataFolder()){let file=join(folder,path);try{
if(statSync(file).size>maxBytes)throw new KitError(`Cannot read "${file}": longer than ${maxBytes} bytes`);return readFileSync(file,"utf8").trim()||void 0}catch(thrown){
if(thrown instanceof KitError)throw thrown;if(codeOf(thrown)==="ENOENT"||codeOf(thrown)==="ENOTDIR")return;throw new KitError(`Cannot read "${file}": ${systemReason(
thrown)}`,{cause:thrown})}}var Unfit=class extends Error{};function readValue(row,text){if(row.type==="string"){if(row.choices&&!row.choices.includes(text))throw new Unfit(`not one of ${row.
choices.join(", ")}`);return text}if(row.type==="boolean"){if(/^(?:true|yes|1)$/i.test(text))return!0;if(/^(?:false|no|0)$/i.test(text))return!1;throw new Unfit(
"not true or false")}if(row.type==="json")return readJson(row.check,text);let{min=Number.MIN_SAFE_INTEGER,max=Number.MAX_SAFE_INTEGER}=row,form=row.type==="inte\
ger"?/^-?\d{1,15}$/:/^-?\d{1,15}(?:\.\d{1,15})?$/,number=Number(text);if(form.test(text)&&number>=min&&number<=max)return number;throw new Unfit(`not a ${row.type===
"integer"?"whole number":"number"}${rangeText(row)}`)}function rangeText({min,max}){let from=min===void 0?"":` from ${min}`;return max===void 0?from:`${from}${from===
""?" up":""} to ${max}`}function readJson(check2,text){try{return check2(JSON.parse(text))}catch(thrown){throw thrown instanceof SyntaxError?new Unfit("not JSON"):
new Unfit(thrown instanceof Error?thrown.message:String(thrown))}}var flagOf=name=>`--${name.replace(/[A-Z]/g,letter=>`-${letter.toLowerCase()}`)}`;function settle(table,flags2,sources){let errors=[],values={};for(let[name,row]of Object.
entries(table)){let given=givenFor(name,row,flags2(name),sources);!given&&row.required?errors.push(missing(name,row,sources)):values[name]=given?read(row,given,
errors):fallback(row)}if(errors.length>0)throw combineErrors(errors);return values}function givenFor(name,{env,metadata},texts,sources){if(texts)return{texts,shown:text2=>`${flagOf(
name)} ${quoted(text2)}`};let variable=env===void 0?void 0:sources.env[env];if(variable)return{texts:[variable],shown:text2=>`${env} ${quoted(text2)}`};let text=metadata===
void 0?void 0:metadataText(metadata,sources.folder);if(!(text===void 0||metadata===void 0))return{texts:[text],shown:()=>`"${join(sources.folder,metadata)}"`}}var quoted=text=>JSON.
stringify(text.length>64?`${text.slice(0,64)}\u2026`:text);function read(row,{texts,shown},errors){let values=texts.map(text=>{try{return readValue(row,text)}catch(thrown){
if(!(thrown instanceof Unfit))throw thrown;errors.push(new KitError(`Cannot use ${shown(text)}: ${thrown.message}`,{exitCode:2}));return}});return row.multiple?
values:values.at(-1)}function fallback(row){return row.default!==void 0?row.default:row.multiple?[]:row.type==="boolean"?!1:void 0}function missing(name,{env,metadata,
description},{folder}){let ways=[flagOf(name)];env!==void 0&&ways.push(`${env} in the environment`),metadata!==void 0&&ways.push(`the file "${metadata}" of the \
machine's metadata (in ${folder})`);let what=description===void 0?"":`, ${description},`;return new KitError(`Cannot start: ${flagOf(name)}${what} is missing`,{
hint:`it comes from ${ways.join(", or ")}`,exitCode:2})}function readArguments(table,options={}){let{args=process.argv.slice(2),env=process.env,folder=metadataFolder()}=options,given=parse(table,args);return settle(table,
name=>given.get(name),{env,folder})}function parse(table,args){let rows=Object.entries(table),flags2=rows.filter(([,row])=>!row.positional),positional=rows.find(
([,row])=>row.positional)?.[0];try{let{values,positionals}=parseArgs({args:[...args],options:Object.fromEntries(flags2.map(([name,row])=>[flagName(name),optionOf(
row)])),allowPositionals:positional!==void 0}),given=flags2.flatMap(([name])=>{let value=values[flagName(name)];return value===void 0?[]:[[name,[value].flat().map(
String)]]});return positional!==void 0&&positionals.length>0&&given.push([positional,positionals]),new Map(given)}catch(thrown){let[reason2]=reasonOf(thrown).split(
". ");throw new KitError(`Cannot read the arguments: ${reason2}`,{hint:flags2.length>0?`there are ${flags2.map(([name])=>flagOf(name)).join(", ")}`:"there are n\
one",exitCode:2,cause:thrown})}}var flagName=name=>flagOf(name).slice(2),optionOf=({type,multiple})=>({type:type==="boolean"?"boolean":"string",multiple:multiple??
!1});function withFields(message,fields){let line=message.replace(/[\n\r]/g,end=>end===`
`?"\\n":"\\r");return Object.keys(fields).length===0?line:`${line} ${json(fields)}`}function json(fields){try{return JSON.stringify(fields,plainValue)}catch{return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key,value])=>[key,
String(value)])))}}function plainValue(_,value){if(typeof value=="bigint")return Number.isSafeInteger(Number(value))?Number(value):String(value);if(!(value instanceof
Error))return value;let{name,message,stack,cause}=value;return{name,message,..."code"in value&&{code:value.code},stack,...cause!==void 0&&{cause}}}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];var levelPrefix=level=>`<${levels.indexOf(level)}>`;init_node_fs();function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}init_node_fs();var marker="/usr/lib/kit/preload.cjs",inKit=existsSync(marker);function newLogger(marked,write,common={}){let at=level=>(message,fields)=>{let text=withFields(message,{...common,...fields});if(marked)return write(`${levelPrefix(
level)}${text}`);write(`${plainNames[level]??""}${text}`,level==="warning"||level==="err"?2:1)};return{debug:at("debug"),info:at("info"),notice:at("notice"),warn:at(
"warning"),error:at("err"),with:fields=>newLogger(marked,write,{...common,...fields})}}var plainNames={warning:"warning: ",err:"error: "},log=newLogger(inKit,printLine);var readyLine="ready";function ready(){inKit&&log.notice(readyLine)}var all5=process.getBuiltinModule("node:events");var once=all5.once;var getEventListeners=all5.getEventListeners;var errorMonitor=all5.errorMonitor;function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
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
`caused by: ${cause instanceof Error?cause.stack??cause.message:reasonOf(cause)}`,...rest]}var signals={SIGTERM:15,SIGINT:2};async function runService(main2,{stopTimeoutMs=8e3}={}){let abort=new AbortController,{signal}=abort,alive=setInterval(()=>{},
2**30),isDone=!1,stop=number=>{!signal.aborted&&getEventListeners(signal,"abort").length>0||process.exit(128+number),setTimeout(()=>endLate(stopTimeoutMs,isDone),
stopTimeoutMs).unref(),abort.abort()};for(let[name,number]of Object.entries(signals))process.on(name,()=>stop(number));try{await main2({signal,log,ready,stopped:()=>whenAborted(
signal)})}catch(thrown){printFailure(thrown),process.exitCode=thrown instanceof KitError?thrown.exitCode:1}finally{isDone=!0,clearInterval(alive)}}function whenAborted(signal){
return signal.aborted?Promise.resolve():new Promise(resolve2=>signal.addEventListener("abort",()=>resolve2(),{once:!0}))}function endLate(stopTimeoutMs,isDone){
let open=[...new Set(process.getActiveResourcesInfo())].filter(name=>name!=="Timeout"),why=isDone?`still open: ${open.join(", ")||"timers"}`:"its main function \
has not returned";log.warn(`not stopped within ${stopTimeoutMs/1e3} s: ${why}`),process.exit(isDone?process.exitCode??0:1)}function printFailure(thrown){thrown instanceof
KitError||thrown instanceof KitErrors?printLine(renderError(thrown),2):printStack(thrown)}function printStack(thrown){let system=fromSystemError(thrown);system&&
log.error(system.message),printLine(thrown instanceof Error?thrown.stack??String(thrown):`Error: ${String(thrown)}`,2)}function consoleNames(commandLine){let names2=(commandLine.match(/(?:[^\s"]|"[^"]*")+/g)??[]).flatMap(option=>{let[,name]=/^"?console=([A-Za-z0-9/._-]+)/.exec(option)??
[];return name===void 0?[]:[name.replace(/^\/dev\//,"")]});return[...new Set(names2)]}function consoles(commandLine,active2,exists){let named=consoleNames(commandLine);return(named.length>0?named:active2.split(/\s+/).filter(Boolean)).filter(name=>!name.
split("/").includes("..")).map(name=>({name,device:`/dev/${name}`,term:/^tty\d+$/.test(name)?"linux":"vt220"})).filter(({device})=>exists(device))}function renderIssue(text,{hostname:hostname2,line,release:release2,machine:machine2}){let values={n:hostname2,l:line,s:"Linux",r:release2,m:machine2,"\\":"\\"};
return text.replace(/\\(.)/g,(all10,letter)=>values[letter]??all10)}init_node_fs();init_ffi();init_ioctl();var all8=process.getBuiltinModule("node:child_process");var spawn=all8.spawn;init_node_fs();init_node_os();function notStarted(thrown,attempt){let code=codeOf(thrown)??"";if(code==="ERR_INVALID_ARG_VALUE")return{missing:!0,reason:"that names no program"};if(!lookedFor.
has(code))return{missing:!1,reason:systemReason2(code)??reasonOf(thrown)};let{file,cwd}=attempt;if(cwd!==void 0&&!isFolder(cwd))return{missing:!1,reason:`there \
is no folder "${cwd}" to run it in`};let found=candidates(attempt).map(path=>({path,state:look(path)})),first=state=>found.find(one=>one.state===state)?.path,there=first(
"program");if(there!==void 0&&(code==="ENOENT"||lacksInterpreter(there)))return{missing:!1,reason:`the interpreter of ${called(there,file)} is not there`};let refused=first(
"refused")??there;if(refused!==void 0)return{missing:!1,reason:`${called(refused,file)} may not be executed`};let closed=first("closed");return{missing:!0,reason:closed===
void 0?notThere:`${notThere} (${closedTo(closed)})`}}function systemReason2(code){let number=new Map(Object.entries(constants2.errno)).get(code);return number===
void 0?void 0:errnoText(-number)}var lookedFor=new Set(["ENOENT","EACCES","ENOTDIR"]),notThere="it is not there",closedTo=path=>`this user may not look into "${dirname(
path)}"`,called=(path,file)=>path===file?"it":`"${path}"`;function candidates({file,env=process.env,cwd="."}){return file.includes("/")?[file.startsWith("/")?file:
resolve(cwd,file)]:(env.PATH??"/bin:/usr/bin").split(":").map(folder=>resolve(cwd,join(folder||".",file)))}function look(path){try{if(!statSync(path).isFile())return"\
refused"}catch(thrown){return codeOf(thrown)==="EACCES"?"closed":"absent"}try{return accessSync(path,constants.X_OK),"program"}catch{return"refused"}}function lacksInterpreter(path){
try{let[,interpreter]=/^#![ \t]*(\/\S+)/.exec(readFileSync(path,"latin1"))??[];return interpreter!==void 0&&look(interpreter)==="absent"}catch{return!1}}function isFolder(path){
try{return statSync(path).isDirectory()}catch{return!1}}var spawnProgram=((file,args,options)=>{let explain=thrown=>{thrown instanceof Error&&codeOf(thrown)!=="ABORT_ERR"&&(thrown.message=`Cannot run "${file}": ${notStarted(
thrown,attemptOf(file,options)).reason}`)};try{let child=spawn(file,[...args],options);return child.on(errorMonitor,thrown=>{child.pid===void 0&&explain(thrown)})}catch(thrown){
throw explain(thrown),thrown}});function attemptOf(file,{env,cwd}){return{file,env,cwd:cwd instanceof URL?cwd.pathname:cwd}}init_termios();var libc2=bindFunctions({posix_openpt:{arguments:["int32"],return:"int32"},grantpt:{arguments:["int32"],return:"int32"},unlockpt:{arguments:["int\
32"],return:"int32"},ptsname_r:{arguments:["int32","pointer","uint64"],return:"int32"}}),TIOCGWINSZ=21523,TIOCSWINSZ=21524;function setWindowSize(fd,{rows,columns,width=0,height=0}){let size=Buffer.alloc(8);for(let[index,value]of[rows,columns,width,height].entries())size.writeUInt16LE(
Math.min(Math.max(value,0),65535),2*index);ioctl("TIOCSWINSZ",fd,TIOCSWINSZ,size)}function windowSize(fd){let size=Buffer.alloc(8);ioctl("TIOCGWINSZ",fd,TIOCGWINSZ,
size);let[rows,columns,width,height]=[0,2,4,6].map(offset=>size.readUInt16LE(offset));return{rows:rows??0,columns:columns??0,width:width??0,height:height??0}}function spawnOnTerminal(device,program){
let{file,args,env,cwd}=program;return spawnProgram("/bin/sh",["-c",'exec <>"$0" >&0 2>&0; exec "$@"',device,file,...args],{detached:!0,stdio:"ignore",env,cwd})}init_termios();async function serveConsole(console,settings){let pauseMs=0;for(;;){let started=performance.now();try{await oneSession(console,settings)}catch(error){
settings.log(`cannot serve ${console.device}: ${reasonOf(error)}`)}pauseMs=nextPause(pauseMs,performance.now()-started),await new Promise(resolve2=>setTimeout(resolve2,
pauseMs))}}var shortMs=2e3,[firstPauseMs,longestPauseMs]=[250,3e4];function nextPause(pauseMs,lastedMs){return lastedMs>=shortMs?0:Math.min(Math.max(2*pauseMs,firstPauseMs),
longestPauseMs)}async function oneSession(console,{banner:banner2,login:login2,shell:shell2}){if(prepare(console.device,banner2()),login2&&!await login2(console.
device))return;let child=spawnOnTerminal(console.device,shell2(console));await once(child,"exit")}function prepare(device,banner2){let fd=openSync(device,constants.
O_RDWR|constants.O_NOCTTY|constants.O_NONBLOCK);try{setTerminalModes(fd,{...saneModes,CLOCAL:!0,ECHO:!0}),windowSize(fd).rows===0&&setWindowSize(fd,{rows:24,columns:80}),
writeSync(fd,banner2)}finally{closeSync(fd)}}await runService(main);async function main(){let values=readArguments({cmdline:{type:"string",default:"/proc/cmdline"},shadow:{type:"string",default:"/hostroot/\
etc/getty.shadow"},shell:{type:"string",default:"/bin/sh"},home:{type:"string",default:"/root"}}),found=consoles(readOrEmpty(values.cmdline),readOrEmpty("/sys/c\
lass/tty/console/active"),existsSync);if(found.length===0)return log.info("no console= of the kernel command line has a device: nothing to do");let insecure=/^(true|1|yes)$/.
test(process.env.INSECURE??"");for(let console of found)log.info(`${console.device}: ${insecure?"a root shell without a password (INSECURE)":"login"}`),serveConsole(
console,{banner:()=>banner(console.name),login:insecure?void 0:async device=>{let{login:login2}=await Promise.resolve().then(()=>(init_login(),login_exports));return login2(
{device,hostname:hostname(),shadow:()=>readOrEmpty(values.shadow),log:log.info,penaltyMs:2e3})},shell:on=>shell(on,values.shell,values.home),log:log.info})}function banner(line){
let text=readOrEmpty("/hostroot/etc/issue")||readOrEmpty("/etc/issue");return renderIssue(text,{hostname:hostname(),line,release:release(),machine:machine()})}function shell({
device,term},file,home){let env={...shellEnvironment("root",home,file),TERM:term,TTY:device,PS1:shellPrompt};return{file,args:["-l"],env,cwd:existsSync(home)?home:
"/"}}function readOrEmpty(path){try{return readFileSync(path,"utf8")}catch{return""}}
//# sourceMappingURL=main.mjs.map
