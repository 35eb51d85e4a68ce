const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function combineErrors(errors){let[first,second]=errors;return first&&!second?first:new KitErrors(errors)}function reasonOf(thrown){return thrown instanceof
Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code2=thrown instanceof Error&&"code"in thrown?thrown.code:void 0;return typeof code2==
"string"?code2:void 0}var all=process.getBuiltinModule("node:util");var getSystemErrorMap=all.getSystemErrorMap;var getSystemErrorMessage=all.getSystemErrorMessage;var parseArgs=all.parseArgs;var all2=process.getBuiltinModule("node:fs");var closeSync=all2.closeSync;var existsSync=all2.existsSync;var ftruncateSync=all2.ftruncateSync;var mkdirSync=all2.mkdirSync;var openSync=all2.openSync;var readFileSync=all2.readFileSync;var renameSync=all2.renameSync;var rmSync=all2.rmSync;var statSync=all2.statSync;var writeFileSync=all2.writeFileSync;var writeSync=all2.writeSync;var constants=all2.constants;var all3=process.getBuiltinModule("node:path");var join=all3.join;var dirname=all3.dirname;var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
T_CACHE moves the cache",EROFS:"the file system is read-only; KIT_CACHE and KIT_STATE choose other folders",EACCES:"look at the permissions, or choose another f\
older",ENOTDIR:"a file is in the way; KIT_CACHE and KIT_STATE choose other folders",EEXIST:"a file is in the way; choose another folder",EMFILE:"raise the limit\
 of open files: ulimit -n 4096"};function fromSystemError(thrown){if(!(thrown instanceof Error)||!("syscall"in thrown)||!("errno"in thrown))return;let{syscall,errno}=thrown;if(typeof syscall!="\
string"||typeof errno!="number"||errno>=0)return;if(syscall.startsWith("spawn"))return new KitError(thrown.message,{cause:thrown});let code2="code"in thrown&&typeof thrown.
code=="string"?thrown.code:"",named=["path","dest","address"].map(key=>thrown[key]).find(value=>typeof value=="string");return new KitError(`Cannot ${syscall}${named?
` "${named}"`:""}: ${errnoText(errno)}`,{cause:thrown,hint:hints[code2]})}function systemReason(thrown){let errno=thrown instanceof Error&&"errno"in thrown?thrown.
errno:void 0;return typeof errno=="number"&&errno<0?errnoText(errno):reasonOf(thrown)}var metadataFolder=()=>process.env.KIT_METADATA||"/run/config",maxBytes=1<<20;function metadataText(path,folder=metadataFolder()){let file2=join(folder,path);try{
if(statSync(file2).size>maxBytes)throw new KitError(`Cannot read "${file2}": longer than ${maxBytes} bytes`);return readFileSync(file2,"utf8").trim()||void 0}catch(thrown){
if(thrown instanceof KitError)throw thrown;if(codeOf(thrown)==="ENOENT"||codeOf(thrown)==="ENOTDIR")return;throw new KitError(`Cannot read "${file2}": ${systemReason(
thrown)}`,{cause:thrown})}}var Unfit=class extends Error{};function readValue(row,text3){if(row.type==="string"){if(row.choices&&!row.choices.includes(text3))throw new Unfit(`not one of ${row.
choices.join(", ")}`);return text3}if(row.type==="boolean"){if(/^(?:true|yes|1)$/i.test(text3))return!0;if(/^(?:false|no|0)$/i.test(text3))return!1;throw new Unfit(
"not true or false")}if(row.type==="json")return readJson(row.check,text3);let{min=Number.MIN_SAFE_INTEGER,max=Number.MAX_SAFE_INTEGER}=row,form=row.type==="int\
eger"?/^-?\d{1,15}$/:/^-?\d{1,15}(?:\.\d{1,15})?$/,number2=Number(text3);if(form.test(text3)&&number2>=min&&number2<=max)return number2;throw new Unfit(`not a ${row.
type==="integer"?"whole number":"number"}${rangeText(row)}`)}function rangeText({min,max}){let from=min===void 0?"":` from ${min}`;return max===void 0?from:`${from}${from===
""?" up":""} to ${max}`}function readJson(check2,text3){try{return check2(JSON.parse(text3))}catch(thrown){throw thrown instanceof SyntaxError?new Unfit("not JS\
ON"):new Unfit(thrown instanceof Error?thrown.message:String(thrown))}}var flagOf=name=>`--${name.replace(/[A-Z]/g,letter=>`-${letter.toLowerCase()}`)}`;function settle(table,flags,sources){let errors=[],values={};for(let[name,row]of Object.
entries(table)){let given=givenFor(name,row,flags(name),sources);!given&&row.required?errors.push(missing(name,row,sources)):values[name]=given?read(row,given,errors):
fallback(row)}if(errors.length>0)throw combineErrors(errors);return values}function givenFor(name,{env,metadata},texts,sources){if(texts)return{texts,shown:text4=>`${flagOf(
name)} ${quoted(text4)}`};let variable=env===void 0?void 0:sources.env[env];if(variable)return{texts:[variable],shown:text4=>`${env} ${quoted(text4)}`};let text3=metadata===
void 0?void 0:metadataText(metadata,sources.folder);if(!(text3===void 0||metadata===void 0))return{texts:[text3],shown:()=>`"${join(sources.folder,metadata)}"`}}
var quoted=text3=>JSON.stringify(text3.length>64?`${text3.slice(0,64)}\u2026`:text3);function read(row,{texts,shown},errors){let values=texts.map(text3=>{try{return readValue(
row,text3)}catch(thrown){if(!(thrown instanceof Unfit))throw thrown;errors.push(new KitError(`Cannot use ${shown(text3)}: ${thrown.message}`,{exitCode:2}));return}});
return row.multiple?values:values.at(-1)}function fallback(row){return row.default!==void 0?row.default:row.multiple?[]:row.type==="boolean"?!1:void 0}function missing(name,{
env,metadata,description},{folder}){let ways=[flagOf(name)];env!==void 0&&ways.push(`${env} in the environment`),metadata!==void 0&&ways.push(`the file "${metadata}\
" of the machine's metadata (in ${folder})`);let what=description===void 0?"":`, ${description},`;return new KitError(`Cannot start: ${flagOf(name)}${what} is m\
issing`,{hint:`it comes from ${ways.join(", or ")}`,exitCode:2})}function readArguments(table,options={}){let{args=process.argv.slice(2),env=process.env,folder=metadataFolder()}=options,given=parse(table,args);return settle(table,
name=>given.get(name),{env,folder})}function parse(table,args){let rows=Object.entries(table),flags=rows.filter(([,row])=>!row.positional),positional=rows.find(
([,row])=>row.positional)?.[0];try{let{values,positionals}=parseArgs({args:[...args],options:Object.fromEntries(flags.map(([name,row])=>[flagName(name),optionOf(
row)])),allowPositionals:positional!==void 0}),given=flags.flatMap(([name])=>{let value=values[flagName(name)];return value===void 0?[]:[[name,[value].flat().map(
String)]]});return positional!==void 0&&positionals.length>0&&given.push([positional,positionals]),new Map(given)}catch(thrown){let[reason2]=reasonOf(thrown).split(
". ");throw new KitError(`Cannot read the arguments: ${reason2}`,{hint:flags.length>0?`there are ${flags.map(([name])=>flagOf(name)).join(", ")}`:"there are non\
e",exitCode:2,cause:thrown})}}var flagName=name=>flagOf(name).slice(2),optionOf=({type,multiple})=>({type:type==="boolean"?"boolean":"string",multiple:multiple??
!1});function withFields(message,fields){let line=message.replace(/[\n\r]/g,end=>end===`
`?"\\n":"\\r");return Object.keys(fields).length===0?line:`${line} ${json(fields)}`}function json(fields){try{return JSON.stringify(fields,plainValue)}catch{return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key,value])=>[key,
String(value)])))}}function plainValue(_,value){if(typeof value=="bigint")return Number.isSafeInteger(Number(value))?Number(value):String(value);if(!(value instanceof
Error))return value;let{name,message,stack,cause}=value;return{name,message,..."code"in value&&{code:value.code},stack,...cause!==void 0&&{cause}}}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];var levelPrefix=level=>`<${levels.indexOf(level)}>`;function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}var marker="/usr/lib/kit/preload.cjs",inKit=existsSync(marker);function newLogger(marked,write,common={}){let at=level=>(message,fields)=>{let text3=withFields(message,{...common,...fields});if(marked)return write(`${levelPrefix(
level)}${text3}`);write(`${plainNames[level]??""}${text3}`,level==="warning"||level==="err"?2:1)};return{debug:at("debug"),info:at("info"),notice:at("notice"),warn:at(
"warning"),error:at("err"),with:fields=>newLogger(marked,write,{...common,...fields})}}var plainNames={warning:"warning: ",err:"error: "},log=newLogger(inKit,printLine);var readyLine="ready";function ready(){inKit&&log.notice(readyLine)}var all4=process.getBuiltinModule("node:events");var getEventListeners=all4.getEventListeners;function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
`);let system=fromSystemError(thrown);if(system)return renderError(system,style);if(!(thrown instanceof KitError)){let text3=thrown instanceof Error?thrown.stack??
thrown.message:String(thrown);return`${label("error",style)} Unexpected failure, which is a bug in kit: ${text3}`}let lines=[renderMessage("error",thrown.message,
thrown,style)];return style.trace&&lines.push(thrown.stack??"",...causes(thrown.cause)),lines.join(`
`)}function renderMessage(severity,message,{place,hint},style={}){let where=place?`${place.file}:${place.line}:${place.column}: `:"",start2=`${severity}:`,text3=broken(
`${start2} ${harmless(`${where}${message}`)}`,style),lines=[`${label(severity,style)}${text3.slice(start2.length)}`];return place?.text!==void 0&&lines.push(...excerpt(
place.line,place.column,place.text)),hint&&lines.push(paint(dim,broken(`(hint: ${harmless(hint)})`,style),style)),lines.join(`
`)}var dim=[2,22],bold=[1,22],looks={error:[31,39],warning:[33,39]},paint=([on,off],text3,{colour=!1})=>colour?`\x1B[${on}m${text3}\x1B[${off}m`:text3,label=(severity,style)=>paint(
bold,paint(looks[severity],`${severity}:`,style),style);function broken(text3,{columns}){return columns===void 0?text3:text3.split(`
`).flatMap(line=>brokenLine(line,Math.max(columns,40))).join(`
`)}function brokenLine(line,columns){let lines=[],rest=line;for(;rest.length>columns;){let before=rest.lastIndexOf(" ",columns),at=rest.slice(0,before).trim()===
""?rest.indexOf(" ",columns):before;if(at===-1)break;lines.push(rest.slice(0,at)),rest=`  ${rest.slice(at+1)}`}return[...lines,rest]}var active=/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
function harmless(text3){return text3.replace(/\r\n?/g,`
`).replace(active,char=>char===`
`||char==="	"?char:`\\u${char.charCodeAt(0).toString(16).padStart(4,"0")}`)}var excerptWidth=120;function excerpt(line,column,text3){let start2=column>excerptWidth-
20?column-excerptWidth/2:0,number2=String(line).padStart(5),shown=text3.slice(start2,start2+excerptWidth).replace(active," ");return[`${number2} | ${shown}`,`${"\
 ".repeat(number2.length)} | ${" ".repeat(column-1-start2)}^`]}function causes(cause){if(cause===void 0)return[];let rest=cause instanceof Error?causes(cause.cause):
[];return[`caused by: ${cause instanceof Error?cause.stack??cause.message:reasonOf(cause)}`,...rest]}var signals={SIGTERM:15,SIGINT:2};async function runService(main,{stopTimeoutMs=8e3}={}){let abort=new AbortController,{signal}=abort,alive=setInterval(()=>{},2**
30),isDone=!1,stop=number2=>{!signal.aborted&&getEventListeners(signal,"abort").length>0||process.exit(128+number2),setTimeout(()=>endLate(stopTimeoutMs,isDone),
stopTimeoutMs).unref(),abort.abort()};for(let[name,number2]of Object.entries(signals))process.on(name,()=>stop(number2));try{await main({signal,log,ready,stopped:()=>whenAborted(
signal)})}catch(thrown){printFailure(thrown),process.exitCode=thrown instanceof KitError?thrown.exitCode:1}finally{isDone=!0,clearInterval(alive)}}function whenAborted(signal){
return signal.aborted?Promise.resolve():new Promise(resolve=>signal.addEventListener("abort",()=>resolve(),{once:!0}))}function endLate(stopTimeoutMs,isDone){let open=[
...new Set(process.getActiveResourcesInfo())].filter(name=>name!=="Timeout"),why=isDone?`still open: ${open.join(", ")||"timers"}`:"its main function has not re\
turned";log.warn(`not stopped within ${stopTimeoutMs/1e3} s: ${why}`),process.exit(isDone?process.exitCode??0:1)}function printFailure(thrown){thrown instanceof
KitError||thrown instanceof KitErrors?printLine(renderError(thrown),2):printStack(thrown)}function printStack(thrown){let system=fromSystemError(thrown);system&&
log.error(system.message),printLine(thrown instanceof Error?thrown.stack??String(thrown):`Error: ${String(thrown)}`,2)}function readSettings(args){let values=readArguments({interface:{type:"string",multiple:!0},once:{type:"boolean"},timeout:{type:"number",min:.001,max:1e6,default:10},
resolvConf:{type:"string",default:"/run/resolvconf/resolv.conf"},leaseDir:{type:"string",default:"/run/dhcp"}},args&&{args}),{interface:patterns,once,timeout,resolvConf,
leaseDir:folder}=values;return{patterns,once,timeoutMs:timeout*1e3,resolvConf,folder}}var all5=process.getBuiltinModule("node:ffi");var DynamicLibrary=all5.DynamicLibrary;var getInt32=all5.getInt32;var getCurrentEventLoop=all5.getCurrentEventLoop,getRawPointer=all5.getRawPointer;var all6=process.getBuiltinModule("node:os");var hostname=all6.hostname;var constants2=all6.constants;var SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){let code2=errnoName(errno);super(`${syscall}${subject===
void 0?"":` "${subject}"`}: ${reason(errno)} (${code2})`),this.syscall=syscall,this.code=code2,this.errno=errno}},names=new Map(Object.entries(constants2.errno).
reverse().map(([name,value])=>[value,name]));function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(
-errno)??"failed"}catch{return"failed"}}var loaded=new DynamicLibrary(null);function bindFunctions(definitions){let functions={};for(let[name,signature]of Object.
entries(definitions))Object.defineProperty(functions,name,{get:()=>{let value=loaded.getFunction(name,signature);return Object.defineProperty(functions,name,{value}),
value},configurable:!0});return functions}var{__errno_location}=bindFunctions({__errno_location:{arguments:[],return:"pointer"}}),errnoAddress=__errno_location();
function check(syscall,result,subject){if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}var libc=bindFunctions({socket:{arguments:["int32","int32","int32"],return:"int32"},bind:{arguments:["int32","buffer","uint32"],return:"int32"},sendto:{arguments:[
"int32","buffer","uint64","int32","buffer","uint32"],return:"int64"},recv:{arguments:["int32","buffer","uint64","int32"],return:"int64"},setsockopt:{arguments:[
"int32","int32","int32","buffer","uint32"],return:"int32"}}),AF_NETLINK=16,AF_PACKET=17;var SOCK_DGRAM=2,SOCK_RAW=3,SOCK_NONBLOCK=2048,SOCK_CLOEXEC=524288,MSG_DONTWAIT=64,SOL_SOCKET=1,socketOptions={reuseAddress:2,broadcast:6,bindToDevice:25,attachFilter:26};
function openSocket(family,type,protocol){return check("socket",libc.socket(family,type|SOCK_NONBLOCK|SOCK_CLOEXEC,protocol))}function bindSocket(fd,address){check(
"bind",libc.bind(fd,address,address.length))}function sendTo(fd,bytes,address,subject){check("sendto",libc.sendto(fd,bytes,BigInt(bytes.length),0,address,address.
length),subject)}function receive(fd,buffer){try{let length=check("recv",libc.recv(fd,buffer,BigInt(buffer.length),MSG_DONTWAIT));return buffer.subarray(0,Number(
length))}catch(error){if(error instanceof SyscallError&&error.code==="EAGAIN")return;throw error}}function setSocketOption(fd,option,value,level=SOL_SOCKET){check(
"setsockopt",libc.setsockopt(fd,level,option,value,value.length))}function attachFilter(fd,program){let code2=Buffer.alloc(program.length*8);for(let[index,[operation,
whenTrue,whenFalse,operand]]of program.entries())code2.writeUInt16LE(operation,index*8),code2.writeUInt8(whenTrue,index*8+2),code2.writeUInt8(whenFalse,index*8+
3),code2.writeUInt32LE(operand,index*8+4);let header=Buffer.alloc(16);header.writeUInt16LE(program.length,0),header.writeBigUInt64LE(getRawPointer(code2),8),setSocketOption(
fd,socketOptions.attachFilter,header),code2.fill(0)}function encodeNetlinkMessage({type,flags,sequence,body}){let message=Buffer.alloc(align(16+body.length));return message.writeUInt32LE(16+body.length,0),message.
writeUInt16LE(type,4),message.writeUInt16LE(flags,6),message.writeUInt32LE(sequence,8),body.copy(message,16),message}function decodeNetlinkMessages(datagram){let messages=[];
for(let at=0;at+16<=datagram.length;){let length=datagram.readUInt32LE(at);checkLength(length,16,datagram.length-at),messages.push({type:datagram.readUInt16LE(at+
4),flags:datagram.readUInt16LE(at+6),sequence:datagram.readUInt32LE(at+8),body:datagram.subarray(at+16,at+length)}),at+=align(length)}return messages}function encodeAttributes(attributes){
return Buffer.concat(attributes.map(encodeAttribute))}function encodeAttribute({type,value}){let length=4+value.length,bytes=Buffer.alloc(align(length));return bytes.
writeUInt16LE(length,0),bytes.writeUInt16LE(type,2),value.copy(bytes,4),bytes}function decodeAttributes(bytes){let attributes=new Map;for(let at=0;at+4<=bytes.length;){
let length=bytes.readUInt16LE(at);checkLength(length,4,bytes.length-at);let type=bytes.readUInt16LE(at+2)&16383;attributes.set(type,bytes.subarray(at+4,at+length)),
at+=align(length)}return attributes}function u32Bytes(value){let bytes=Buffer.alloc(4);return bytes.writeUInt32LE(value),bytes}function readU32(value){return value?.
length===4?value.readUInt32LE():void 0}function align(length){return length+3&-4}function checkLength(length,least,most){if(length<least||length>most)throw new RangeError(
`Cannot read netlink message: length ${length} where ${least} to ${most} fit`)}var NETLINK_ROUTE=0,NLMSG_ERROR=2,NLMSG_DONE=3,NLM_F_REQUEST=1,NLM_F_ACK=4,NLM_F_DUMP=768,bufferSize=64*1024,maximalDatagrams=1024,RTM={newLink:16,delLink:17,getLink:18,
newAddress:20,delAddress:21,getAddress:22,newRoute:24,delRoute:25,getRoute:26},NLM={replace:256,create:1024};function requestRoute(request,doing){let fd=openNetlink(
0);try{let isDump=[RTM.getLink,RTM.getAddress,RTM.getRoute].some(type=>type===request.type),flags=NLM_F_REQUEST|(isDump?NLM_F_DUMP:NLM_F_ACK)|(request.flags??0),
message=encodeNetlinkMessage({type:request.type,flags,sequence:1,body:request.body});return sendTo(fd,message,socketAddress(0),doing),readAnswer(fd,doing)}finally{
closeSync(fd)}}function openNetlink(groups){let fd=openSocket(AF_NETLINK,SOCK_RAW,NETLINK_ROUTE);try{return bindSocket(fd,socketAddress(groups)),fd}catch(error){
throw closeSync(fd),error}}function socketAddress(groups){let address=Buffer.alloc(12);return address.writeUInt16LE(AF_NETLINK,0),address.writeUInt32LE(groups,8),
address}function readAnswer(fd,doing){let answers=[];for(let datagrams=0;datagrams<maximalDatagrams;datagrams++){let datagram=receive(fd,Buffer.alloc(bufferSize));
if(datagram===void 0)break;for(let message of decodeNetlinkMessages(datagram)){if(message.type===NLMSG_DONE)return answers;if(message.type===NLMSG_ERROR)return throwIfRefused(
message.body,doing),answers;answers.push(message)}}throw new Error(`Cannot ${doing}: the kernel's answer does not end`)}function throwIfRefused(body,doing){let errno=-body.
readInt32LE(0);if(errno!==0)throw new SyscallError("netlink",errno,doing)}var all7=process.getBuiltinModule("node:net");var isIP=all7.isIP;function ipv4Bytes(text3){let bytes=/^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text3)?.slice(1).map(Number)??[];if(bytes.length!==4||bytes.some(byte=>byte>
255))throw new RangeError(`Cannot read IPv4 address "${text3}": want four numbers of 0 to 255`);return Buffer.from(bytes)}function ipv4Text(bytes,offset=0){if(bytes.
length<offset+4)throw new RangeError("Cannot read IPv4 address: fewer than four bytes");return bytes.subarray(offset,offset+4).join(".")}function prefixOfMask(mask){
let bits=ipv4Bytes(mask).readUInt32BE(),prefix=Math.clz32(~bits>>>0);return maskBits(prefix)===bits?prefix:void 0}function networkOf(address,prefix){return fromBits(
(ipv4Bytes(address).readUInt32BE()&maskBits(prefix))>>>0)}function broadcastOf(address,prefix){return fromBits((ipv4Bytes(address).readUInt32BE()|~maskBits(prefix))>>>
0)}function isHostAddress(address){let[first=0]=ipv4Bytes(address);return first!==0&&first!==127&&first<224}function maskBits(prefix){return prefix===0?0:4294967295<<
32-prefix>>>0}function fromBits(bits){let bytes=Buffer.alloc(4);return bytes.writeUInt32BE(bits),ipv4Text(bytes)}var AF_INET=2,AF_INET6=10;function ipAddress(text3){let version=text3.includes("%")?0:isIP(text3);if(version===4)return{family:AF_INET,bytes:ipv4Bytes(text3)};if(version===
6)return{family:AF_INET6,bytes:ipv6Bytes(text3)};throw new RangeError(`Cannot read address "${text3}": want one like 10.0.2.15 or fd00::15`)}function ipv6Bytes(text3){
let[head="",tail]=text3.split("::"),left=groupsOf(head),right=tail===void 0?[]:groupsOf(tail),zeros=Array(8-left.length-right.length).fill(0),bytes=Buffer.alloc(
16);for(let[at,group]of[...left,...zeros,...right].entries())bytes.writeUInt16BE(group,at*2);return bytes}function groupsOf(part){return part===""?[]:part.split(
":").flatMap(group=>{if(!group.includes("."))return[Number.parseInt(group,16)];let four=ipv4Bytes(group);return[four.readUInt16BE(0),four.readUInt16BE(2)]})}function ipText(bytes){
if(bytes.length===4)return ipv4Text(bytes);if(bytes.length!==16)throw new RangeError(`Cannot read address: ${bytes.length} bytes, want 4 or 16`);let groups=Array.
from({length:8},(_,at)=>bytes.readUInt16BE(at*2).toString(16)),{start:start2,length}=longestZeros(groups);return length<2?groups.join(":"):`${groups.slice(0,start2).
join(":")}::${groups.slice(start2+length).join(":")}`}function longestZeros(groups){let longest={start:0,length:0};for(let start2=0;start2<groups.length;start2+=
1){let end=groups.findIndex((group,at)=>at>=start2&&group!=="0"),length=(end===-1?groups.length:end)-start2;length>longest.length&&(longest={start:start2,length})}
return longest}function ipAttribute(type,address){return{type,value:ipAddress(address).bytes}}function readIp(value,family){return value!==void 0&&value.length===lengths.get(family)?
ipText(value):void 0}var lengths=new Map([[AF_INET,4],[AF_INET6,16]]);var IFA={address:1,local:2,broadcast:4,cacheInfo:6,protocol:11},IFA_F_NODAD=2,headerSize=8,forever=4294967295;function encodeAddressQuery(family){return encodeHeader(
{family,prefix:0,flags:0,index:0})}function encodeAddress({index,address,prefix,protocol,validSeconds}){let{family}=ipAddress(address),header=encodeHeader({family,
prefix,flags:family===AF_INET?0:IFA_F_NODAD,index}),attributes=[ipAttribute(IFA.address,address),ipAttribute(IFA.local,address)];return family===AF_INET&&prefix<
31&&attributes.push(ipAttribute(IFA.broadcast,broadcastOf(address,prefix))),validSeconds!==void 0&&attributes.push({type:IFA.cacheInfo,value:cacheInfo(validSeconds)}),
protocol!==void 0&&attributes.push({type:IFA.protocol,value:Buffer.of(protocol)}),Buffer.concat([header,encodeAttributes(attributes)])}function encodeHeader({family,
prefix,flags,index}){let header=Buffer.alloc(headerSize);return header.set([family,prefix,flags]),header.writeUInt32LE(index,4),header}function cacheInfo(validSeconds){
let seconds=Math.min(forever,Math.max(1,Math.round(validSeconds)));return Buffer.concat([u32Bytes(seconds),u32Bytes(seconds),u32Bytes(0),u32Bytes(0)])}function decodeAddress(body){
if(body.length<headerSize)throw new RangeError("Cannot read address message: shorter than its header");let attributes=decodeAttributes(body.subarray(headerSize)),
address=readIp(attributes.get(IFA.local)??attributes.get(IFA.address),body.readUInt8(0));if(address===void 0)return;let cached=attributes.get(IFA.cacheInfo),seconds=cached&&
cached.length>=8?cached.readUInt32LE(4):forever;return{index:body.readUInt32LE(4),address,prefix:body.readUInt8(1),protocol:attributes.get(IFA.protocol)?.at(0)??
0,validSeconds:seconds===forever?Number.POSITIVE_INFINITY:seconds}}var ARPHRD_ETHER=1,IFF_UP=1,IFF_LOOPBACK=8,IFF_LOWER_UP=65536,IFLA={address:1,name:3,mtu:4,master:10,linkInfo:18,alias:20,carrierChanges:35,infoKind:1},headerSize2=16;
function encodeLinkQuery(){return encodeHeader2({index:0,flags:0,change:0})}function encodeLinkChange({index,up,mtu,alias}){let attributes=[...mtu===void 0?[]:[
{type:IFLA.mtu,value:u32Bytes(mtu)}],...alias===void 0?[]:[{type:IFLA.alias,value:Buffer.from(`${alias}\0`)}]],header=encodeHeader2({index,flags:up?IFF_UP:0,change:up===
void 0?0:IFF_UP});return Buffer.concat([header,encodeAttributes(attributes)])}function encodeHeader2({index,flags,change}){let header=Buffer.alloc(headerSize2);
return header.writeInt32LE(index,4),header.writeUInt32LE(flags,8),header.writeUInt32LE(change,12),header}function decodeLink(body){if(body.length<headerSize2)throw new RangeError(
"Cannot read link message: shorter than its header");let attributes=decodeAttributes(body.subarray(headerSize2)),flags=body.readUInt32LE(8);return{index:body.readInt32LE(
4),name:text(attributes.get(IFLA.name)),mac:attributes.get(IFLA.address)?.toString("hex").match(/../g)?.join(":")??"",type:body.readUInt16LE(2),up:(flags&IFF_UP)!==
0,loopback:(flags&IFF_LOOPBACK)!==0,carrier:(flags&IFF_LOWER_UP)!==0,carrierChanges:readU32(attributes.get(IFLA.carrierChanges))??0,mtu:readU32(attributes.get(IFLA.
mtu))??0,kind:kindOf(attributes.get(IFLA.linkInfo)),master:readU32(attributes.get(IFLA.master))??0,alias:text(attributes.get(IFLA.alias))}}function kindOf(linkInfo){
return linkInfo===void 0?"":text(decodeAttributes(linkInfo).get(IFLA.infoKind))}function text(value){return value?.toString("utf8").replace(/\0.*$/s,"")??""}var RTPROT_DHCP=16,RTA={destination:1,interface:4,gateway:5,metric:6},RT_TABLE_MAIN=254,RT_SCOPE_UNIVERSE=0,RT_SCOPE_LINK=253,RTN_UNICAST=1,RTNH_F_ONLINK=4,headerSize3=12;
function encodeRouteQuery(family){let header=Buffer.alloc(headerSize3);return header.writeUInt8(family,0),header}function encodeRoute({index,destination,prefix,
gateway,metric,protocol}){let{family}=ipAddress(destination),header=Buffer.alloc(headerSize3),scope=gateway===void 0&&family===AF_INET?RT_SCOPE_LINK:RT_SCOPE_UNIVERSE;
header.set([family,prefix,0,0,RT_TABLE_MAIN,protocol,scope,RTN_UNICAST]),header.writeUInt32LE(gateway===void 0?0:RTNH_F_ONLINK,8);let attributes=[{type:RTA.interface,
value:u32Bytes(index)},{type:RTA.metric,value:u32Bytes(metric)}];return prefix>0&&attributes.push(ipAttribute(RTA.destination,destination)),gateway!==void 0&&attributes.
push(ipAttribute(RTA.gateway,gateway)),Buffer.concat([header,encodeAttributes(attributes)])}function decodeRoute(body){if(body.length<headerSize3)throw new RangeError(
"Cannot read route message: shorter than its header");let[family=0,prefix=0,,,table,protocol=0,,type]=body;if(table!==RT_TABLE_MAIN||type!==RTN_UNICAST||family!==
AF_INET&&family!==AF_INET6)return;let attributes=decodeAttributes(body.subarray(headerSize3)),gateway=readIp(attributes.get(RTA.gateway),family);return{index:readU32(
attributes.get(RTA.interface))??0,destination:readIp(attributes.get(RTA.destination),family)??(family===AF_INET?"0.0.0.0":"::"),prefix,...gateway===void 0?{}:{gateway},
metric:readU32(attributes.get(RTA.metric))??0,protocol}}function listLinks(){return requestRoute({type:RTM.getLink,body:encodeLinkQuery()},"list interfaces").map(({body})=>decodeLink(body))}function changeLink(index,change){
let body=encodeLinkChange({index,...change});requestRoute({type:RTM.newLink,body},`change interface ${index}`)}function listAddresses(family){return requestRoute(
{type:RTM.getAddress,body:encodeAddressQuery(family)},"list addresses").flatMap(({body})=>decodeAddress(body)??[])}function setAddress(address){let body=encodeAddress(
address),flags=NLM.create|NLM.replace;requestRoute({type:RTM.newAddress,flags,body},`set address ${address.address}/${address.prefix}`)}function removeAddress(address){
let doing=`remove address ${address.address}/${address.prefix}`;ignoreMissing(()=>requestRoute({type:RTM.delAddress,body:encodeAddress(address)},doing))}function listRoutes(family){
return requestRoute({type:RTM.getRoute,body:encodeRouteQuery(family)},"list routes").flatMap(({body})=>decodeRoute(body)??[])}function setRoute(route){let flags=NLM.
create|NLM.replace;requestRoute({type:RTM.newRoute,flags,body:encodeRoute(route)},`set route ${routeText(route)}`)}function removeRoute(route){let doing=`remove\
 route ${routeText(route)}`;ignoreMissing(()=>requestRoute({type:RTM.delRoute,body:encodeRoute(route)},doing))}function routeText({destination,prefix}){return prefix===
0?"default":`${destination}/${prefix}`}var missingCodes=["EADDRNOTAVAIL","ESRCH","ENODEV"];function ignoreMissing(remove){try{remove()}catch(error){if(!(error instanceof
SyscallError&&missingCodes.includes(error.code)))throw error}}function pollDescriptor(fd,onReady){let handle=Buffer.alloc(handleBytes);checkUv("uv_poll_init",uv.uv_poll_init(getCurrentEventLoop(),handle,fd));let address=getRawPointer(
handle),watch={handle,wanted:0,deliver:onReady,closed:void 0};return live.set(address,watch),{want:events=>want(watch,(events.readable?readable:0)|(events.writable?
writable:0)),close:()=>close(watch)}}var readable=1,writable=2,pollHandleType=8,uv=bindFunctions({uv_handle_size:{arguments:["int32"],return:"uint64"},uv_poll_init:{
arguments:["pointer","pointer","int32"],return:"int32"},uv_poll_start:{arguments:["pointer","int32","pointer"],return:"int32"},uv_poll_stop:{arguments:["pointer"],
return:"int32"},uv_close:{arguments:["pointer","pointer"],return:"void"}}),handleBytes=Number(uv.uv_handle_size(pollHandleType)),live=new Map,native=registerCallbacks(
new DynamicLibrary(null));function registerCallbacks(library){return{library,onPoll:library.registerCallback({arguments:["pointer","int32","int32"],return:"void"},
(address,status,events)=>{let watch=live.get(address);watch&&setImmediate(()=>status<0?deliverError(watch):deliver(watch,events))}),onClose:library.registerCallback(
{arguments:["pointer"],return:"void"},address=>{let watch=live.get(address);live.delete(address),setImmediate(()=>watch?.closed?.())})}}function deliver(watch,seen){
let events=seen&watch.wanted;watch.closed||events===0||watch.deliver({readable:(events&readable)!==0,writable:(events&writable)!==0})}var pauseAfterError=100;function deliverError(watch){
setTimeout(()=>start(watch),pauseAfterError),deliver(watch,watch.wanted)}function want(watch,events){watch.closed||watch.wanted===events||(watch.wanted=events,events===
0?uv.uv_poll_stop(watch.handle):start(watch))}function start(watch){watch.closed||watch.wanted===0||checkUv("uv_poll_start",uv.uv_poll_start(watch.handle,watch.
wanted,native.onPoll))}function close(watch){let{promise,resolve}=Promise.withResolvers();return watch.closed?Promise.resolve():(watch.closed=resolve,uv.uv_close(
watch.handle,native.onClose),promise)}function checkUv(call,result){if(result<0)throw new SyscallError(call,-result)}var RTMGRP_LINK=1;function watchLinks(onChange){let fd=openNetlink(RTMGRP_LINK),poll=pollDescriptor(fd,()=>{drain(fd),onChange(listLinks())});return poll.want({
readable:!0,writable:!1}),onChange(listLinks()),{close:()=>poll.close().then(()=>closeSync(fd))}}function drain(fd){let buffer=Buffer.alloc(65536);for(;;)try{if(receive(
fd,buffer)===void 0)return}catch(error){if(!(error instanceof SyscallError&&error.code==="ENOBUFS"))throw error}}var libc2=bindFunctions({sethostname:{arguments:["pointer","uint64"],return:"int32"},prlimit:{arguments:["int32","int32","pointer","pointer"],return:"int32"},clock_gettime:{
arguments:["int32","pointer"],return:"int32"},clock_settime:{arguments:["int32","pointer"],return:"int32"}});var CLOCK_BOOTTIME=7;var RLIM_INFINITY=2n**64n-1n;function uptimeMs(){let time=Buffer.alloc(16);return check("clock_gettime",libc2.clock_gettime(CLOCK_BOOTTIME,time)),Number(time.readBigInt64LE(
0))*1e3+Number(time.readBigInt64LE(8))/1e6}var unset=/^(|\(none\)|localhost(\.localdomain)?|(kit|linuxkit)-([0-9a-f]{12}|unnamed))$/,label2=/^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/,maxLength=253,
kernelLength=64;function cleanHostname(name){let plain=name?.replace(/\.$/,"");if(!(plain===void 0||plain.length>maxLength))return plain.split(".").every(part=>label2.
test(part))?plain:void 0}function chosenHostname(){let name=hostname();return unset.test(name)?void 0:name}function writeHostname(name){let[first=name]=name.split(
".");writeFileSync("/proc/sys/kernel/hostname",name.length<=kernelLength?name:first)}var maxServers=3,maxDomains=6;function formatResolvConf(sources){let servers=distinct(sources.flatMap(source=>source.servers)).slice(0,maxServers),domains=distinct(
sources.flatMap(({search})=>search)).slice(0,maxDomains),lines=servers.map(server=>`nameserver ${server}
`);return domains.length>0&&lines.unshift(`search ${domains.join(" ")}
`),lines.join("")}function writeInPlace(path,content){mkdirSync(dirname(path),{recursive:!0});let fd=openSync(path,constants.O_RDWR|constants.O_CREAT,420);try{let old=readFileSync(
fd),bytes=Buffer.from(content);if(bytes.equals(old))return;writeSync(fd,Buffer.concat([bytes,Buffer.alloc(Math.max(0,old.length-bytes.length),`
`)]),0,void 0,0),ftruncateSync(fd,bytes.length)}finally{closeSync(fd)}}function distinct(values){return[...new Set(values)]}var metricBase=100;function applyLease(link,lease,now){let{address,prefix}=lease,wanted={index:link.index,address,prefix,protocol:RTPROT_DHCP,validSeconds:(lease.
expiresAt-now)/1e3};return setAddress(wanted),removeAddresses(link,other=>other.address!==address||other.prefix!==prefix),[...applyMtu(link,lease.mtu),...applyRoutes(
link,lease)]}function clearLease(link){removeRoutes(link,()=>!0),removeAddresses(link,()=>!0)}function hasAddress(){return listAddresses(AF_INET).some(({protocol})=>protocol===
RTPROT_DHCP)}function removeAddresses(link,isStale){listAddresses(AF_INET).filter(address=>address.index===link.index&&address.protocol===RTPROT_DHCP&&isStale(address)).
forEach(removeAddress)}function removeRoutes(link,isStale){listRoutes(AF_INET).filter(route=>route.index===link.index&&route.protocol===RTPROT_DHCP&&isStale(route)).
forEach(removeRoute)}function applyMtu(link,mtu){return mtu===void 0||mtu===link.mtu?[]:attempt(`set MTU ${mtu}`,()=>changeLink(link.index,{mtu}))}function applyRoutes(link,lease){
let routes=lease.routes.map(({destination,prefix,gateway})=>{let via=gateway==="0.0.0.0"?{}:{gateway};return{index:link.index,destination,prefix,...via,metric:metricBase+
link.index,protocol:RTPROT_DHCP}}),wanted=new Set(routes.map(keyOf));return removeRoutes(link,route=>!wanted.has(keyOf(route))),routes.flatMap(route=>attempt(`s\
et route ${route.destination}/${route.prefix}`,()=>setRoute(route)))}function keyOf({destination,prefix,gateway,metric}){return`${destination}/${prefix} ${gateway??
""} ${metric}`}function attempt(action,work){try{return work(),[]}catch(error){return[`Cannot ${action}: ${reasonOf(error)}`]}}var maximalDomains=6,maximalLabels=128;function readDomainSearch(bytes){let domains=[];for(let at=0;at<bytes.length&&domains.length<maximalDomains;){let name=readName(
bytes,at);if(name===void 0)break;let domain=cleanHostname(name.labels.join("."));domain!==void 0&&domains.push(domain),at=name.next}return domains}function readName(bytes,start2){
let labels=[],next,segment=start2;for(let at=start2;labels.length<=maximalLabels;){let length=bytes[at];if(length===void 0)return;if(length===0)return{labels,next:next??
at+1};if(length>=192){let low=bytes[at+1];if(low===void 0)return;let target=(length&63)<<8|low;if(target>=segment)return;next??=at+2,segment=target,at=target;continue}
if(length>=64||at+1+length>bytes.length)return;labels.push(bytes.toString("latin1",at+1,at+1+length)),at+=1+length}}var code={pad:0,subnetMask:1,router:3,dns:6,hostname:12,domain:15,mtu:26,requestedAddress:50,leaseTime:51,overload:52,messageType:53,server:54,parameters:55,message:56,
maximalSize:57,renewalTime:58,rebindingTime:59,clientId:61,domainSearch:119,classlessRoutes:121,end:255},optionsStart=240,sname={start:44,end:108},file={start:108,
end:236},leastMtu=576;function encodeOption(optionCode,value){return Buffer.concat([Buffer.of(optionCode,value.length),value])}function readOptions(bytes){let values=new Map;
collect(bytes.subarray(optionsStart),values);let overload=values.get(code.overload)?.at(0)??0;overload&1&&collect(bytes.subarray(file.start,file.end),values),overload&
2&&collect(bytes.subarray(sname.start,sname.end),values);let mask=addresses(values.get(code.subnetMask))[0],mtu=number(values.get(code.mtu),2),routes=values.get(
code.classlessRoutes),search=values.get(code.domainSearch);return{messageType:number(values.get(code.messageType),1),server:addresses(values.get(code.server))[0],
prefix:mask===void 0?void 0:prefixOfMask(mask),routers:addresses(values.get(code.router)).filter(isHostAddress),dns:addresses(values.get(code.dns)),hostname:cleanHostname(
text2(values.get(code.hostname))),domain:cleanHostname(text2(values.get(code.domain))),search:search===void 0?[]:readDomainSearch(search),mtu:mtu!==void 0&&mtu>=
leastMtu?mtu:void 0,leaseSeconds:number(values.get(code.leaseTime),4),renewalSeconds:number(values.get(code.renewalTime),4),rebindingSeconds:number(values.get(code.
rebindingTime),4),routes:routes===void 0?void 0:readClasslessRoutes(routes),message:text2(values.get(code.message))?.replace(/[^ -~]/g,"?")}}function collect(bytes,values){
for(let at=0;at<bytes.length;){let optionCode=bytes[at++];if(optionCode===code.pad)continue;let length=bytes[at++];if(optionCode===void 0||optionCode===code.end||
length===void 0||at+length>bytes.length)return;let value=bytes.subarray(at,at+length),before=values.get(optionCode);values.set(optionCode,before===void 0?value:
Buffer.concat([before,value])),at+=length}}function addresses(value){return value===void 0||value.length%4!==0?[]:Array.from({length:value.length/4},(_,index)=>ipv4Text(
value,index*4))}function number(value,size){return value?.length===size?value.readUIntBE(0,size):void 0}function text2(value){return value?.toString("latin1").replace(
/\0+$/,"")}function readClasslessRoutes(value){let routes=[];for(let at=0;at<value.length;){let prefix=value.readUInt8(at),significant=Math.ceil(prefix/8),end=at+
1+significant+4;if(prefix>32||end>value.length)break;let destination=Buffer.alloc(4);value.copy(destination,0,at+1,at+1+significant),routes.push({destination:networkOf(
ipv4Text(destination),prefix),prefix,gateway:ipv4Text(value,end-4)}),at=end}return routes}var messageTypes={discover:1,offer:2,request:3,decline:4,ack:5,nak:6,release:7},MessageRejected=class extends Error{name="MessageRejected"},fixedSize=236,optionsStart2=240,
magicCookie=1669485411,ETHERNET=1,leastSize=300,maximalSize=1472,requestedOptions=Buffer.from([code.subnetMask,code.router,code.dns,code.hostname,code.domain,code.
mtu,code.leaseTime,code.server,code.renewalTime,code.rebindingTime,code.domainSearch,code.classlessRoutes]);function encodeClientMessage(message){let fixed=Buffer.
alloc(optionsStart2);fixed.set([1,ETHERNET,6,0]),fixed.writeUInt32BE(message.xid,4),fixed.writeUInt16BE(Math.min(65535,message.seconds),8),message.clientAddress&&
ipv4Bytes(message.clientAddress).copy(fixed,12);let mac=Buffer.from(message.mac.replaceAll(":",""),"hex");mac.copy(fixed,28),fixed.writeUInt32BE(magicCookie,fixedSize);
let bytes=Buffer.concat([fixed,...encodeOptions(message,mac),Buffer.of(code.end)]);return Buffer.concat([bytes,Buffer.alloc(Math.max(0,leastSize-bytes.length))])}
function encodeOptions(message,mac){let{requestedAddress,server,hostname:hostname2}=message,maximum=Buffer.alloc(2);return maximum.writeUInt16BE(maximalSize),[encodeOption(
code.messageType,Buffer.of(messageTypes[message.type])),encodeOption(code.clientId,Buffer.concat([Buffer.of(ETHERNET),mac])),...requestedAddress?[encodeOption(code.
requestedAddress,ipv4Bytes(requestedAddress))]:[],...server?[encodeOption(code.server,ipv4Bytes(server))]:[],...hostname2?[encodeOption(code.hostname,Buffer.from(
hostname2.slice(0,63)))]:[],encodeOption(code.maximalSize,maximum),encodeOption(code.parameters,requestedOptions)]}function decodeServerMessage(bytes){bytes.length<
optionsStart2&&reject(`only ${bytes.length} bytes`),bytes.readUInt8(0)!==2&&reject("not a reply"),(bytes.readUInt8(1)!==ETHERNET||bytes.readUInt8(2)!==6)&&reject(
"not for Ethernet"),bytes.readUInt32BE(fixedSize)!==magicCookie&&reject("BOOTP without DHCP options");let options=readOptions(bytes),type=serverMessageType(options.
messageType);return options.server===void 0?reject("no server identifier"):{type,xid:bytes.readUInt32BE(4),mac:bytes.toString("hex",28,34).match(/../g)?.join(":")??
"",address:ipv4Text(bytes,16),server:options.server,options}}function serverMessageType(type){return type===messageTypes.offer?"offer":type===messageTypes.ack?"\
ack":type===messageTypes.nak?"nak":reject(type===void 0?"no message type":`message type ${type}`)}function reject(reason2){throw new MessageRejected(`Cannot rea\
d DHCP message: ${reason2}`)}var ipHeaderSize=20,udpHeaderSize=8,UDP=17,fragmentMask=16383;function encodeUdp({source,sourcePort,destination,destinationPort,payload}){let packet=Buffer.alloc(
ipHeaderSize+udpHeaderSize+payload.length);packet.writeUInt8(69,0),packet.writeUInt16BE(packet.length,2),packet.writeUInt8(64,8),packet.writeUInt8(UDP,9),ipv4Bytes(
source).copy(packet,12),ipv4Bytes(destination).copy(packet,16),packet.writeUInt16BE(checksum(packet.subarray(0,ipHeaderSize)),10);let udp=packet.subarray(ipHeaderSize);
udp.writeUInt16BE(sourcePort,0),udp.writeUInt16BE(destinationPort,2),udp.writeUInt16BE(udp.length,4),payload.copy(udp,udpHeaderSize);let pseudoHeader=Buffer.concat(
[packet.subarray(12,20),Buffer.of(0,UDP,udp.length>>8,udp.length&255)]);return udp.writeUInt16BE(checksum(Buffer.concat([pseudoHeader,udp]))||65535,6),packet}function decodeUdp(packet){
if(packet.length<ipHeaderSize||packet.readUInt8(0)>>4!==4)return;let headerSize4=(packet.readUInt8(0)&15)*4,length=packet.readUInt16BE(2);if(headerSize4<ipHeaderSize||
length>packet.length||length<headerSize4+udpHeaderSize||packet.readUInt8(9)!==UDP||(packet.readUInt16BE(6)&fragmentMask)!==0||checksum(packet.subarray(0,headerSize4))!==
0)return;let udp=packet.subarray(headerSize4,length),udpLength=udp.readUInt16BE(4);if(!(udpLength<udpHeaderSize||udpLength>udp.length))return{source:ipv4Text(packet,
12),sourcePort:udp.readUInt16BE(0),destination:ipv4Text(packet,16),destinationPort:udp.readUInt16BE(2),payload:udp.subarray(udpHeaderSize,udpLength)}}function checksum(bytes){
let sum=0;for(let at=0;at<bytes.length;at+=2)sum+=(bytes[at]??0)<<8|(bytes[at+1]??0);for(;sum>65535;)sum=(sum&65535)+(sum>>>16);return~sum&65535}var ETH_P_IP=2048,broadcastMac=Buffer.alloc(6,255),bufferSize2=64*1024;function openPacketSocket(interfaceIndex,port){let fd=openSocket(AF_PACKET,SOCK_DGRAM,0);
try{attachFilter(fd,udpPortFilter(port)),bindSocket(fd,linkAddress(interfaceIndex,Buffer.alloc(0)))}catch(error){throw closeSync(fd),error}let buffer=Buffer.alloc(
bufferSize2);return{fd,broadcast:packet=>sendTo(fd,encodeUdp(packet),linkAddress(interfaceIndex,broadcastMac),`interface ${interfaceIndex}`),receive:()=>nextDatagram(
fd,buffer,port),close:()=>closeSync(fd)}}function nextDatagram(fd,buffer,port){for(;;){let bytes=receiveOrDown(fd,buffer);if(bytes===void 0)return;let packet=decodeUdp(
Buffer.from(bytes));if(packet?.destinationPort===port)return packet}}function receiveOrDown(fd,buffer){try{return receive(fd,buffer)}catch(error){if(error instanceof
SyscallError&&error.code==="ENETDOWN")return;throw error}}function linkAddress(interfaceIndex,mac,protocol=ETH_P_IP){let address=Buffer.alloc(20);return address.
writeUInt16LE(AF_PACKET,0),address.writeUInt16BE(protocol,2),address.writeInt32LE(interfaceIndex,4),address.writeUInt8(mac.length,11),mac.copy(address,12),address}
function udpPortFilter(port){return[[48,0,0,9],[21,0,6,17],[40,0,0,6],[69,4,0,16383],[177,0,0,0],[72,0,0,2],[21,0,1,port],[6,0,0,bufferSize2],[6,0,0,0]]}function openUdpSender(interfaceName,address,port){
let fd=openSocket(AF_INET,SOCK_DGRAM,0);try{setSocketOption(fd,socketOptions.reuseAddress,Buffer.of(1,0,0,0)),setSocketOption(fd,socketOptions.bindToDevice,Buffer.
from(`${interfaceName}\0`)),bindSocket(fd,internetAddress(address,port))}catch(error){throw closeSync(fd),error}return{send:(payload,destination,to)=>sendTo(fd,
payload,internetAddress(destination,to),destination),close:()=>closeSync(fd)}}function internetAddress(address,port){let bytes=Buffer.alloc(16);return bytes.writeUInt16LE(
AF_INET,0),bytes.writeUInt16BE(port,2),ipv4Bytes(address).copy(bytes,4),bytes}var clientPort=68,serverPort=67;function openDhcpSocket(interfaceIndex,onDatagram){let socket=openPacketSocket(interfaceIndex,clientPort),closed=!1,sender,poll=pollDescriptor(
socket.fd,()=>{for(;!closed;){let datagram=socket.receive();if(datagram===void 0)return;onDatagram(datagram.payload)}});return poll.want({readable:!0,writable:!1}),
{broadcast:(payload,from="0.0.0.0")=>socket.broadcast({source:from,sourcePort:clientPort,destination:"255.255.255.255",destinationPort:serverPort,payload}),unicast:(payload,interfaceName,from,to)=>{
sender??=openUdpSender(interfaceName,from,clientPort),sender.send(payload,to,serverPort)},close:()=>{closed=!0,sender?.close(),poll.close().then(socket.close)}}}var infinite=4294967295,leastSeconds=10;function leaseOf(message,askedAt){let{address,server,options}=message,{leaseSeconds}=options;if(!isHostAddress(address)||
leaseSeconds===void 0)return;let seconds=leaseSeconds===infinite?Number.POSITIVE_INFINITY:Math.max(leastSeconds,leaseSeconds),{renewal,rebinding}=timesOf(seconds,
options.renewalSeconds,options.rebindingSeconds);return{address,prefix:options.prefix??classfulPrefix(address),server,routes:options.routes??defaultRoute(options.
routers[0]),dns:options.dns,domain:options.domain,search:options.search,hostname:options.hostname,mtu:options.mtu,seconds,renewAt:askedAt+renewal*1e3,rebindAt:askedAt+
rebinding*1e3,expiresAt:askedAt+seconds*1e3}}function timesOf(seconds,renewal=0,rebinding=0){return 0<renewal&&renewal<rebinding&&rebinding<seconds&&seconds!==Number.
POSITIVE_INFINITY?{renewal,rebinding}:{renewal:seconds/2,rebinding:seconds*7/8}}function classfulPrefix(address){let first=Number.parseInt(address,10);return first<
128?8:first<192?16:24}function defaultRoute(router){return router===void 0?[]:[{destination:"0.0.0.0",prefix:0,gateway:router}]}var waits=[500,1e3,2e3,4e3,8e3,16e3,32e3,64e3],lastWait=64e3,leastRenewalWait=6e4;function newExchange({now,random},delay=0){return{xid:Math.floor(random()*4294967296),
startedAt:now,sentAt:now,tries:0,nextAt:now+delay}}function sentWithBackoff(exchange,{now,random}){let wait=(waits[exchange.tries]??lastWait)*(.9+random()/5);return{
...exchange,sentAt:now,tries:exchange.tries+1,nextAt:now+wait}}function sentUntil(exchange,{now},limit){let wait=Math.max(leastRenewalWait,(limit-now)/2);return{
...exchange,sentAt:now,tries:exchange.tries+1,nextAt:now+wait}}var maximalTries=4,pauseAfterNak=1e3,initialState={name:"waiting",lease:void 0};function transition(state,event,context){return event.kind==="link"?changeLink2(
state,event.carrier,context):event.kind==="message"?receive2(state,event.message,context):tick(state,context)}function wakeAt(state){let expiry=state.lease?.expiresAt??
Number.POSITIVE_INFINITY;switch(state.name){case"waiting":return expiry;case"bound":return state.lease.renewAt;case"renewing":return Math.min(state.exchange.nextAt,
state.lease.rebindAt);default:return Math.min(state.exchange.nextAt,expiry)}}function changeLink2(state,carrier,context){if(!carrier)return{state:{name:"waiting",
lease:state.lease},actions:[]};if(state.name!=="waiting")return{state,actions:[]};let exchange=newExchange(context),next=state.lease?{name:"rebooting",exchange,
lease:state.lease}:{name:"selecting",exchange,lease:void 0};return tick(next,context)}function tick(state,context){let{now}=context;if(state.lease&&state.lease.
expiresAt<=now)return expire(state,state.lease,context);switch(state.name){case"waiting":return{state,actions:[]};case"bound":return now<state.lease.renewAt?{state,
actions:[]}:renew(state.lease,context);case"renewing":if(now>=state.lease.rebindAt)return renew(state.lease,context);break;case"rebooting":case"requesting":if(now>=
state.exchange.nextAt&&state.exchange.tries>=maximalTries)return select(state.lease,context);break}return now<state.exchange.nextAt?{state,actions:[]}:send(state,
context)}function expire(state,lease,context){let deconfigure={kind:"deconfigure",lease,reason:"the lease expired"};if(state.name==="waiting")return{state:{name:"\
waiting",lease:void 0},actions:[deconfigure]};let next=select(void 0,context);return{state:next.state,actions:[deconfigure,...next.actions]}}function select(lease,context,delay=0){
return tick({name:"selecting",exchange:newExchange(context,delay),lease},context)}function renew(lease,context){let name=context.now<lease.rebindAt?"renewing":"\
rebinding";return tick({name,exchange:newExchange(context),lease},context)}function send(state,context){let exchange=sent(state,context),actions=[{kind:"send",message:messageOf(
state,exchange),to:unicastServer(state)}];return state.name==="selecting"&&exchange.tries===maximalTries&&actions.push({kind:"log",text:"no DHCP server answers;\
 still trying"}),{state:{...state,exchange},actions}}function sent(state,context){return state.name==="renewing"?sentUntil(state.exchange,context,state.lease.rebindAt):
state.name==="rebinding"?sentUntil(state.exchange,context,state.lease.expiresAt):sentWithBackoff(state.exchange,context)}function unicastServer(state){return state.
name==="renewing"?state.lease.server:void 0}function messageOf(state,{xid,startedAt,sentAt}){let common={xid,seconds:Math.floor((sentAt-startedAt)/1e3)};switch(state.
name){case"selecting":return{...common,type:"discover",requestedAddress:state.lease?.address};case"requesting":return{...common,type:"request",requestedAddress:state.
offer.address,server:state.offer.server};case"rebooting":return{...common,type:"request",requestedAddress:state.lease.address};default:return{...common,type:"re\
quest",clientAddress:state.lease.address}}}function receive2(state,message,context){if(state.name==="waiting"||state.name==="bound")return{state,actions:[]};if(!(message.
xid===state.exchange.xid&&state.exchange.tries>0)||!isFromAskedServer(state,message))return{state,actions:[]};if(state.name==="selecting")return message.type===
"offer"?choose(state,message,context):{state,actions:[]};if(message.type==="nak")return refuse(state,message,context);let lease=message.type==="ack"?leaseOf(message,
state.exchange.sentAt):void 0;if(lease===void 0)return{state,actions:[]};let renewed=state.lease?.address===lease.address&&state.lease.server===lease.server;return{
state:{name:"bound",lease},actions:[{kind:"configure",lease,renewed}]}}function isFromAskedServer(state,message){return state.name==="requesting"?message.server===
state.offer.server:state.name==="renewing"?message.server===state.lease.server:!0}function choose(state,offer,context){if(leaseOf(offer,context.now)===void 0)return{
state,actions:[]};let exchange={...newExchange(context),xid:offer.xid,startedAt:state.exchange.startedAt};return tick({name:"requesting",exchange,lease:state.lease,
offer},context)}function refuse(state,{server,options},context){let reason2=`refused by ${server}${options.message?`: ${options.message}`:""}`,action=state.lease?
{kind:"deconfigure",lease:state.lease,reason:reason2}:{kind:"log",text:reason2},next=select(void 0,context,pauseAfterNak);return{state:next.state,actions:[action,
...next.actions]}}var longestSleep=24*3600*1e3;function startClient(first,listener){let link=first,state=initialState,socket,timer,closed=!1,lastProblem="",handle=event=>{if(closed)
return;let next=transition(state,event,{now:uptimeMs(),random:Math.random});state=next.state,next.actions.forEach(execute),(state.name==="waiting"||state.name===
"bound")&&closeSocket(),clearTimeout(timer);let sleep=wakeAt(state)-uptimeMs();sleep!==Number.POSITIVE_INFINITY&&(timer=setTimeout(()=>handle({kind:"tick"}),Math.
min(longestSleep,Math.max(0,sleep)+1)))},execute=action=>{action.kind==="configure"?listener.configure(link,action.lease,action.renewed):action.kind==="deconfig\
ure"?listener.deconfigure(link,action.lease,action.reason):action.kind==="log"?listener.log(link,action.text):send2(action)},send2=({message,to})=>{try{socket??=
openDhcpSocket(link.index,receive3);let bytes=encodeClientMessage({...message,mac:link.mac,hostname:chosenHostname()});to===void 0||message.clientAddress===void 0?
socket.broadcast(bytes,message.clientAddress):socket.unicast(bytes,link.name,message.clientAddress,to)}catch(error){logOnce(`Cannot send DHCP ${message.type}: ${reasonOf(
error)}`)}},logOnce=problem=>{problem!==lastProblem&&listener.log(link,problem),lastProblem=problem},receive3=payload=>{let message=readReply(payload);message?.
mac===link.mac&&handle({kind:"message",message})},closeSocket=()=>{socket?.close(),socket=void 0};return handle({kind:"link",carrier:link.carrier}),{update:changed=>{
let before=link;if(link=changed,changed.carrier!==before.carrier)return handle({kind:"link",carrier:changed.carrier});!changed.carrier||changed.carrierChanges===
before.carrierChanges||(handle({kind:"link",carrier:!1}),handle({kind:"link",carrier:!0}))},close:()=>{closed=!0,clearTimeout(timer),closeSocket()}}}function readReply(payload){
try{return decodeServerMessage(payload)}catch(error){if(error instanceof MessageRejected)return;throw error}}var staticDnsFile="static.json",interfaceMarks={fixed:"kit: fixed",dhcp:"kit: dhcp"};function leasedDns({dns,domain,search}){return{servers:dns.filter(isHostAddress),search:[...search,...domain?[domain]:[]]}}function fixedDns(folder){try{return[
JSON.parse(readFileSync(join(folder,staticDnsFile),"utf8"))]}catch{return[]}}function writeLeaseFile(folder,interfaceName,lease){let{address,prefix,server,routes,dns,domain,search,hostname:hostname2,mtu}=lease,routers=routes.filter(route=>route.
prefix===0).map(({gateway})=>gateway),[leaseSeconds,renewAtMs,expiresAtMs]=[lease.seconds,lease.renewAt,lease.expiresAt].map(finite),json2=JSON.stringify({...{interface:interfaceName,
address,prefix,server,routers,routes,dns,domain,search,hostname:hostname2,mtu},leaseSeconds,renewAtMs,expiresAtMs},null,2);writeAtomically(join(folder,`${interfaceName}\
.json`),`${json2}
`)}function removeLeaseFile(folder,interfaceName){rmSync(join(folder,`${interfaceName}.json`),{force:!0})}function markReady(folder,ready2){ready2?writeAtomically(
join(folder,"ready"),""):rmSync(join(folder,"ready"),{force:!0})}function writeAtomically(path,content){mkdirSync(join(path,".."),{recursive:!0}),writeFileSync(
`${path}.new`,content),renameSync(`${path}.new`,path)}function finite(value){return value!==void 0&&Number.isFinite(value)?Math.round(value):null}function isManaged(link,patterns){return link.loopback||link.type!==ARPHRD_ETHER||link.master!==0||link.alias===interfaceMarks.fixed?!1:patterns.length>0?patterns.
some(pattern=>matches(pattern,link.name)):link.alias===interfaceMarks.dhcp||link.kind===""||matches("eth*",link.name)}function matches(pattern,name){let source=pattern.
replace(/[.+^${}()|[\]\\]/g,"\\$&").replaceAll("*",".*").replaceAll("?",".");return new RegExp(`^${source}$`).test(name)}var DhcpProgram=class{#settings;#onChange;#clients=new Map;#leases=new Map;#watch;constructor(settings,onChange=()=>{}){this.#settings=settings,this.#onChange=onChange,
mkdirSync(settings.folder,{recursive:!0}),hasAddress()||this.#publish(),this.#watch=watchLinks(links=>this.#update(links))}counts(){return{carriers:[...this.#clients.
values()].filter(({link})=>link.carrier).length,leases:this.#leases.size}}async close(){for(let{client}of this.#clients.values())client.close();await this.#watch.
close()}#update(links){let managed=new Map(links.filter(link=>isManaged(link,this.#settings.patterns)).map(link=>[link.index,link]));for(let index of this.#clients.
keys())managed.has(index)||this.#remove(index);for(let link of managed.values()){let entry=this.#clients.get(link.index);entry===void 0?this.#add(link):(entry.link=
link,entry.client.update(link))}this.#onChange()}#add(link){let client=startClient(link,{configure:(current,lease,renewed)=>this.#configure(current,lease,renewed),
deconfigure:(current,_lease,reason2)=>this.#deconfigure(current,reason2),log:(current,text3)=>this.#log(current,text3)});this.#clients.set(link.index,{link,client}),
link.up||this.#attempt(link,()=>changeLink(link.index,{up:!0}))}#remove(index){let entry=this.#clients.get(index);entry?.client.close(),this.#clients.delete(index),
entry&&removeLeaseFile(this.#settings.folder,entry.link.name),this.#leases.delete(index)&&this.#publish()}#configure(link,lease,renewed){let done=this.#attempt(
link,()=>{for(let problem of applyLease(link,lease,uptimeMs()))this.#log(link,problem);this.#leases.set(link.index,lease),writeLeaseFile(this.#settings.folder,link.
name,lease),lease.hostname!==void 0&&chosenHostname()===void 0&&writeHostname(lease.hostname)});this.#publish(),done&&!renewed&&this.#log(link,describe(lease))}#deconfigure(link,reason2){
this.#log(link,`gave up its address: ${reason2}`),this.#attempt(link,()=>clearLease(link)),this.#leases.delete(link.index),removeLeaseFile(this.#settings.folder,
link.name),this.#publish()}#publish(){let leases=[...this.#leases].sort(([one],[other])=>one-other).map(([,lease])=>lease),{resolvConf}=this.#settings,sources=[
...fixedDns(dirname(resolvConf)),...leases.map(leasedDns)];writeInPlace(resolvConf,formatResolvConf(sources)),markReady(this.#settings.folder,leases.length>0),this.#onChange()}#attempt(link,work){
try{return work(),!0}catch(error){return this.#log(link,reasonOf(error)),!1}}#log(link,text3){this.#settings.log(`${link.name}: ${text3}`)}};function describe({
address,prefix,server,seconds}){let time=Number.isFinite(seconds)?`for ${seconds} s`:"for ever";return`leased ${address}/${prefix} from ${server} ${time}`}var graceMs=2e3;async function leaseOnce(settings,timeoutMs){let{promise,resolve}=Promise.withResolvers(),grace,check2=()=>{let{carriers:carriers2,leases:leases2}=program?.
counts()??{carriers:0,leases:0};leases2!==0&&(leases2>=carriers2?resolve():grace??=setTimeout(resolve,graceMs))},program;program=new DhcpProgram(settings,check2);
let limit=setTimeout(resolve,timeoutMs);await promise,clearTimeout(limit),clearTimeout(grace);let{carriers,leases}=program.counts();if(await program.close(),leases>
0)return;let why=carriers===0?"no Ethernet interface has a carrier":"no DHCP server answered";throw new KitError(`Cannot lease an address within ${timeoutMs/1e3}\
 s: ${why}`)}await runService(async({signal,log:log2})=>{let{once,timeoutMs,...settings}=readSettings();if(once)return leaseOnce({...settings,log:log2.info},timeoutMs);let program=new DhcpProgram(
{...settings,log:log2.info});signal.addEventListener("abort",()=>program.close())});
//# sourceMappingURL=main.mjs.map
