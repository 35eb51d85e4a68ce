const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}};function reasonOf(thrown){return thrown instanceof Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"c\
ode"in thrown?thrown.code:void 0;return typeof code=="string"?code:void 0}var all=process.getBuiltinModule("node:fs");var writeSync=all.writeSync;var constants=all.constants;function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}var all2=process.getBuiltinModule("node:net");var Socket=all2.Socket;var all3=process.getBuiltinModule("node:stream");var Readable=all3.Readable;var all4=process.getBuiltinModule("node:stream/promises");var pipeline=all4.pipeline;function tarEntry(part){let type=part.type??"file";return{type,mode:type==="directory"?493:type==="symlink"?511:420,uid:0,gid:0,size:0,mtime:0,linkname:"",devmajor:0,
devminor:0,pax:new Map,body:[],...part}}var ByteSource=class{#pieces;#rest=Buffer.alloc(0);#taken=0;constructor(stream){this.#pieces=Symbol.asyncIterator in stream?stream[Symbol.asyncIterator]():stream[Symbol.
iterator]()}async take(count){if(this.#rest.length>=count)return this.#cut(count);let taken=[];for await(let piece of this.stream(count))taken.push(piece);return Buffer.
concat(taken)}async*stream(count){for(let left=count;left>0;){if(this.#rest.length===0&&!await this.#refill())return;let piece=this.#cut(left);left-=piece.length,
yield piece}}get position(){return this.#taken}async close(){await this.#pieces.return?.()}#cut(count){let piece=this.#rest.subarray(0,count);return this.#rest=
this.#rest.subarray(piece.length),this.#taken+=piece.length,piece}async#refill(){for(;this.#rest.length===0;){let next=await this.#pieces.next();if(next.done)return!1;
this.#rest=Buffer.from(next.value.buffer,next.value.byteOffset,next.value.byteLength)}return!0}};var magic="ustar";var typeByFlag={0:"file","\0":"file",7:"file",1:"hardlink",2:"symlink",3:"char",4:"block",5:"directory",6:"fifo"},flagByType={file:"0",hardlink:"1",symlink:"2",
char:"3",block:"4",directory:"5",fifo:"6"},octalLimit=width=>8**(width-1)-1;function encodeHeader(header){let block=Buffer.alloc(512);block.write(header.path,0,
100,"utf8");let octal=(value,at,width)=>{block.write(value.toString(8).padStart(width-1,"0"),at,width-1,"latin1")};return octal(header.mode,100,8),octal(header.
uid,108,8),octal(header.gid,116,8),octal(header.size,124,12),octal(header.mtime,136,12),block.write(header.flag,156,1,"latin1"),block.write(header.linkname,157,
100,"utf8"),block.write(`${magic}\x0000`,257,8,"latin1"),octal(header.devmajor,329,8),octal(header.devminor,337,8),octal(checksum(block),148,7),block[155]=32,block}
function decodeHeader(block){if(number(block,148,8)!==checksum(block))throw new RangeError("a header has the wrong checksum");let prefix=block.toString("latin1",
257,263)===`${magic}\0`?text(block,345,155):"",name=text(block,0,100);return{path:prefix===""?name:`${prefix}/${name}`,mode:number(block,100,8)&4095,uid:number(
block,108,8),gid:number(block,116,8),size:number(block,124,12),mtime:number(block,136,12),flag:block.toString("latin1",156,157),linkname:text(block,157,100),devmajor:number(
block,329,8),devminor:number(block,337,8)}}function checksum(block){let sum=256;for(let at=0;at<512;at+=1)(at<148||at>=156)&&(sum+=block[at]??0);return sum}var utf8=new TextDecoder(
"utf-8",{fatal:!0});function decodeText(bytes){try{return utf8.decode(bytes)}catch{throw new RangeError(`the name "${Buffer.from(bytes).toString("latin1")}" is \
not UTF-8`)}}function text(block,at,width){let field=block.subarray(at,at+width),end=field.indexOf(0);return decodeText(end<0?field:field.subarray(0,end))}function number(block,at,width){
if((block[at]??0)&128)return base256(block.subarray(at,at+width));let digits=block.toString("latin1",at,at+width).replace(/\0.*$/s,"").trim();if(!/^[0-7]*$/.test(
digits))throw new RangeError(`a header has the number "${digits}"`);return digits===""?0:Number.parseInt(digits,8)}function base256(field){if(field[0]!==128)throw new RangeError(
"a header has a negative or too large number");let value=field.subarray(1).reduce((sum,byte)=>sum*256+byte,0);if(!Number.isSafeInteger(value))throw new RangeError(
"a header has a too large number");return value}function encodePax(records){return Buffer.concat([...records].flatMap(([key,value])=>record(key,value)))}function record(key,value){let middle=Buffer.from(` ${key}\
=`),rest=middle.length+value.length+1,length=rest+String(rest).length;return length=rest+String(length).length,[Buffer.from(String(length)),middle,value,Buffer.
from(`
`)]}function decodePax(body){let records=new Map;for(let at=0;at<body.length;){let space=body.indexOf(32,at),digits=body.toString("latin1",at,Math.max(at,Math.min(
space,at+10))),end=at+Number(digits),equals=body.indexOf(61,space);if(!/^\d+$/.test(digits)||end>body.length||equals<0||equals>=end||body[end-1]!==10)throw new RangeError(
"a PAX record is damaged");records.set(decodeText(body.subarray(space+1,equals)),body.subarray(equals+1,end-1)),at=end}return records}var extrasLimit=1<<20,pathLimit=4096,trailingLimit=16<<20;async function*readTar(stream,name){let source=new ByteSource(stream);try{yield*entries(source,name)}catch(thrown){
throw thrown instanceof RangeError?new KitError(`Cannot read archive "${name}": ${reasonOf(thrown)}`,{cause:thrown}):thrown}finally{await source.close()}}async function*entries(source,name){
let global=new Map,local=new Map;for(;;){let header=await nextHeader(source);if(!header)return readTrailing(source);header.flag==="g"?global=new Map([...global,
...decodePax(await extras(source,header))]):header.flag==="x"?local=new Map([...local,...decodePax(await extras(source,header))]):header.flag==="L"?local=withName(
local,"path",await extras(source,header)):header.flag==="K"?local=withName(local,"linkpath",await extras(source,header)):(yield*withBody(source,entryOf(header,new Map(
[...global,...local])),name),local=new Map)}}async function nextHeader(source){let block=await source.take(512);if(!(block.length===0||block.length===512&&block.
every(byte=>byte===0))){if(block.length<512)throw new RangeError("it ends in the middle of a header");return decodeHeader(block)}}async function readTrailing(source){
let bytes=0;for await(let piece of source.stream(trailingLimit+1))bytes+=piece.length;if(bytes>trailingLimit)throw new RangeError(`more than ${trailingLimit} by\
tes follow its end`)}async function extras(source,header){if(header.size>extrasLimit)throw new RangeError(`a name or PAX record has ${header.size} bytes`);let body=await source.
take(header.size);if(body.length<header.size)throw new RangeError("it ends in the middle of a PAX record");return await skip(source,padding(header.size)),body}function withName(records,key,body){
let end=body.indexOf(0);return new Map([...records,[key,end<0?body:body.subarray(0,end)]])}function entryOf(header,records){let type=typeByFlag[header.flag];if(!type)
throw new RangeError(`"${header.path}" has the unknown type "${header.flag}"`);let textOf=(key,other)=>{let value=records.get(key);return value?decodeText(value):
other},path=textOf("path",header.path),linkname=textOf("linkpath",header.linkname),{flag:_flag,...rest}=header;return{...rest,type:header.flag==="\0"&&path.endsWith(
"/")?"directory":type,path:cleanPath(path),linkname:type==="hardlink"?cleanPath(linkname):type==="symlink"?linkname:"",size:type==="file"?wholeNumber(records,"s\
ize",header.size):0,uid:wholeNumber(records,"uid",header.uid),gid:wholeNumber(records,"gid",header.gid),mtime:wholeNumber(records,"mtime",header.mtime),pax:new Map(
[...records].filter(([key])=>!structural.has(key))),body:[]}}var structural=new Set(["path","linkpath","size","uid","gid","mtime","atime","ctime","charset"]);function wholeNumber(records,key,other){
let value=records.get(key)?.toString("latin1");if(value===void 0)return other;let number2=Math.max(0,Math.trunc(Number(value)));if(!/^-?\d+(\.\d*)?$/.test(value)||
!Number.isSafeInteger(number2))throw new RangeError(`the PAX record "${key}" is "${value}"`);return number2}function cleanPath(path){let parts=path.split("/").filter(
part=>part!==""&&part!==".");if(parts.includes(".."))throw new RangeError(`the path "${path}" leads out of the archive`);if(path.includes("\0"))throw new RangeError(
"a path holds a zero byte");if(path.length>pathLimit)throw new RangeError(`a path has ${path.length} characters`);return parts.join("/")}async function*withBody(source,entry,name){
let offset=source.position,left=entry.size;async function*body(){for await(let piece of source.stream(left))left-=piece.length,yield piece;if(left>0)throw new KitError(
`Cannot read archive "${name}": it ends in the middle of "${entry.path}"`)}yield{...entry,offset,body:body()};for await(let piece of source.stream(left))left-=piece.
length;if(left>0)throw new RangeError(`it ends in the middle of "${entry.path}"`);await skip(source,padding(entry.size))}async function skip(source,count){for await(let _piece of source.
stream(count));}var padding=bytes=>(512-bytes%512)%512;var all5=process.getBuiltinModule("node:crypto");var randomBytes=all5.randomBytes;var all6=process.getBuiltinModule("node:fs/promises");var open=all6.open;var rename=all6.rename;var mkdir=all6.mkdir,readdir=all6.readdir,readlink=all6.readlink,symlink=all6.symlink,lstat=all6.lstat,stat=all6.stat,statfs=all6.statfs,link=all6.link,unlink=all6.
unlink,chmod=all6.chmod;var utimes=all6.utimes,lutimes=all6.lutimes,realpath=all6.realpath;async function*tarBytes(entries2){for await(let entry of entries2)yield*headers(entry),yield*paddedBody(entry);yield Buffer.alloc(2*512)}function*headers(entry){let name=entry.type==="directory"?`${entry.path===""?".":entry.path}/`:entry.path,records=paxRecords(entry,name),raw={...entry,flag:flagByType[entry.
type],path:records.has("path")?ascii(name):name,linkname:records.has("linkpath")?ascii(entry.linkname):entry.linkname,size:records.has("size")?0:entry.size,uid:records.
has("uid")?0:entry.uid,gid:records.has("gid")?0:entry.gid};if(records.size>0){let body=encodePax(records),path=`PaxHeaders/${ascii(entry.path).slice(-80)}`;yield encodeHeader(
{...raw,flag:"x",path,linkname:"",mode:420,size:body.length}),yield body,yield padding2(body.length)}yield encodeHeader(raw)}function paxRecords(entry,name){let records=new Map(
entry.pax),add=(key,value)=>{records.set(key,Buffer.from(String(value)))};return plain(name)||add("path",name),plain(entry.linkname)||add("linkpath",entry.linkname),
entry.size>octalLimit(12)&&add("size",entry.size),entry.uid>octalLimit(8)&&add("uid",entry.uid),entry.gid>octalLimit(8)&&add("gid",entry.gid),new Map([...records].
sort(([a],[b])=>a<b?-1:1))}var plain=text2=>text2.length<=100&&/^[\x20-\x7e]*$/.test(text2),ascii=text2=>text2.replace(/[^\x20-\x7e]/g,"_").slice(0,100);async function*paddedBody(entry){
let bytes=0;for await(let piece of entry.body)bytes+=piece.length,yield piece;if(bytes!==entry.size)throw new KitError(`Cannot archive "${entry.path}": it has ${bytes}\
 bytes where ${entry.size} were announced`);yield padding2(bytes)}var padding2=bytes=>Buffer.alloc((512-bytes%512)%512);var copyDescriptors={root:3,archive:4};var all7=process.getBuiltinModule("node:path");var resolve=all7.resolve;var join=all7.join;var dirname=all7.dirname,basename=all7.basename;var all8=process.getBuiltinModule("node:util");var getSystemErrorMap=all8.getSystemErrorMap;var getSystemErrorMessage=all8.getSystemErrorMessage;var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var reasons={EROFS:"its file system is read-only",ENOSPC:"no space left on its file system",EDQUOT:"the disk quota is used up",ENOENT:"it does not exist",ENOTDIR:"\
a part of the path is not a folder",EISDIR:"a folder is in the way",EACCES:"permission denied",EPERM:"not permitted",ELOOP:"it is a symbolic link",ETXTBSY:"a pr\
ogram runs from it"};function fileError(action,path,thrown){if(thrown instanceof KitError)return thrown;let code=codeOf(thrown),errno=thrown instanceof Error&&"\
errno"in thrown?Number(thrown.errno):0,reason2=reasons[code??""]??(errno<0?errnoText(errno):reasonOf(thrown));return new KitError(`cannot ${action} "${path}": ${reason2}`,
{cause:thrown})}async function destinationFor(target2,first){let kind=await kindOf(target2);if(kind==="folder")return{folder:await real(target2),nameOf:path=>path};if(first.type===
"directory"){if(kind==="file")throw new KitError(`cannot write "${target2}": it is a file, and the source is a folder`);return renamed(resolve(target2),first.path)}
if(kind==="nothing"&&target2.endsWith("/"))throw new KitError(`cannot write "${target2}": there is no such folder`);return renamed(kind==="file"?await real(target2):
resolve(target2),first.path)}async function destinationBelow(target2){if(await kindOf(target2)!=="folder")throw new KitError(`cannot unpack into "${target2}": t\
here is no such folder`);return{folder:await real(target2),nameOf:path=>path}}async function renamed(path,from){let parent=dirname(path);if(await kindOf(parent)!==
"folder")throw new KitError(`cannot write "${path}": there is no folder "${parent}"`);let name=basename(path),nameOf=entry=>{let below=from===""?entry:entry.slice(
from.length+1);return below===""?name:`${name}/${below}`};return{folder:await real(parent),nameOf}}async function kindOf(path){try{return(await stat(path)).isDirectory()?
"folder":"file"}catch(thrown){if(codeOf(thrown)==="ENOENT")return"nothing";throw fileError("write",path,thrown)}}async function real(path){try{return await realpath(
path)}catch(thrown){throw fileError("write",path,thrown)}}async function receiveTree(entries2,options){let writer;for await(let entry of entries2)writer??=new TreeWriter(await destinationOf(entry,options),options.modeMask),
await writer.put(entry);return!writer&&options.kind==="archive"&&await destinationBelow(options.target),await writer?.finish()??{files:0,bytes:0,skipped:0}}var destinationOf=(first,{
target:target2,kind})=>kind==="archive"?destinationBelow(target2):destinationFor(target2,first),TreeWriter=class{#destination;#modeMask;#folders=new Set([""]);#made=[];#count={
files:0,bytes:0,skipped:0};constructor(destination,modeMask){this.#destination=destination,this.#modeMask=modeMask}async put(entry){let name=this.#destination.nameOf(
entry.path);if(name==="")return;let path=join(this.#destination.folder,name);try{await this.#ensureFolder(dirname(name)),entry.type==="directory"?await this.#makeFolder(
name,entry):entry.type==="file"?await this.#replaceAtomically(name,temporary=>this.#writeFile(temporary,entry)):entry.type==="symlink"?await this.#replaceAtomically(
name,temporary=>makeLink(temporary,entry)):entry.type==="hardlink"?await this.#replaceAtomically(name,temporary=>this.#linkFile(temporary,entry)):this.#count.skipped+=
1}catch(thrown){throw fileError("write",path,thrown)}}async finish(){for(let{path,mode,mtime}of this.#made.reverse())await chmod(path,mode),await utimes(path,mtime,
mtime);return this.#count}async#makeFolder(name,{mode,mtime}){await this.#ensureFolder(name)&&this.#made.push({path:join(this.#destination.folder,name),mode:mode&
this.#modeMask,mtime})}async#ensureFolder(name){if(name==="."||this.#folders.has(name))return!1;await this.#ensureFolder(dirname(name));let path=join(this.#destination.
folder,name),there=await statsOf(path);if(there&&!there.isDirectory())throw new KitError(`cannot write "${path}": ${there.isSymbolicLink()?"a symbolic link":"a \
file"} is in the way`);return there||await mkdir(path,448),this.#folders.add(name),!there}async#replaceAtomically(name,make){let path=join(this.#destination.folder,
name),temporary=join(dirname(path),`.kit-cp-${randomBytes(6).toString("hex")}`);try{await make(temporary),await rename(temporary,path)}finally{await unlink(temporary).
catch(()=>{})}this.#count.files+=1}async#writeFile(temporary,{body,mode,mtime}){let file=await open(temporary,constants.O_WRONLY|constants.O_CREAT|constants.O_EXCL,
384);try{for await(let piece of body)await file.writeFile(piece),this.#count.bytes+=piece.length;await file.chmod(mode&this.#modeMask),await file.utimes(mtime,mtime)}finally{
await file.close()}}async#linkFile(temporary,{linkname}){let name=this.#destination.nameOf(linkname);await this.#ensureFolder(dirname(name));let other=join(this.#destination.
folder,name);if(!(await statsOf(other))?.isFile())throw new KitError(`cannot link to "${other}": there is no such file`);await link(other,temporary)}};async function makeLink(temporary,{
linkname,mtime}){await symlink(linkname,temporary),await lutimes(temporary,mtime,mtime)}async function statsOf(path){try{return await lstat(path)}catch(thrown){
if(codeOf(thrown)==="ENOENT")return;throw thrown}}var pseudo=new Set([40864,1650812274,1667723888,2613483,1684170528,1953653091,1935894131]),unsizedLimit=16<<20,chunkBytes=262144;async function*sendTree(path,follow){
let stats=await statsOf2(path,follow||path.endsWith("/")||path.endsWith("/.")),name=meansContents(path)?"":basename(resolve(path));if(name===""&&!stats.isDirectory())
throw new KitError(`cannot read "${path}": it is not a folder`);yield*entriesOf(path,name,stats)}var meansContents=path=>path==="."||path.endsWith("/.")||resolve(
path)==="/";async function statsOf2(path,follow){try{return await(follow?stat(path):lstat(path))}catch(thrown){throw fileError("read",path,thrown)}}async function*entriesOf(path,name,stats){
let common={path:name,mode:stats.mode&4095,mtime:secondsOf(stats)};stats.isFile()?yield*fileEntry(path,common):stats.isSymbolicLink()?yield tarEntry({...common,
type:"symlink",linkname:await target(path)}):stats.isDirectory()&&(yield tarEntry({...common,type:"directory"}),yield*entriesBelow(path,name,stats))}async function*entriesBelow(folder,name,{
dev}){for(let child of(await namesIn(folder)).sort()){let path=join(folder,child),stats=await lstat(path).catch(()=>{});!stats||stats.dev!==dev&&await isPseudo(
path)||(yield*entriesOf(path,name===""?child:`${name}/${child}`,stats))}}async function namesIn(folder){try{return await readdir(folder)}catch(thrown){throw fileError(
"read",folder,thrown)}}async function target(path){try{return await readlink(path)}catch(thrown){throw fileError("read",path,thrown)}}async function*fileEntry(path,common){
let file;try{file=await open(path,constants.O_RDONLY|constants.O_NONBLOCK|constants.O_NOCTTY)}catch(thrown){throw fileError("read",path,thrown)}try{let{size,...stats}=await file.
stat();if(!isFile(stats))return;if(size>0&&!await isPseudo(path))return yield tarEntry({...common,size,body:piecesOf(file,path,size)});let bytes=await readUnsized(
file,path);yield tarEntry({...common,size:bytes.length,body:[bytes]})}finally{await file.close()}}var isFile=({mode})=>(Number(mode)&constants.S_IFMT)===constants.
S_IFREG;async function*piecesOf(file,path,size){for(let left=size;left>0;){let{buffer,bytesRead}=await read(file,path,Math.min(left,chunkBytes));if(bytesRead===
0)throw new KitError(`cannot read "${path}": it became shorter meanwhile`);left-=bytesRead,yield buffer.subarray(0,bytesRead)}}async function readUnsized(file,path){
let pieces=[];for(let held=0;held<=unsizedLimit;){let{buffer,bytesRead}=await read(file,path,chunkBytes);if(bytesRead===0)return Buffer.concat(pieces);pieces.push(
buffer.subarray(0,bytesRead)),held+=bytesRead}throw new KitError(`cannot read "${path}": it has no length, and more than ${unsizedLimit>>20} MiB`)}async function read(file,path,bytes){
try{return await file.read(Buffer.allocUnsafe(bytes),0,bytes,null)}catch(thrown){throw fileError("read",path,thrown)}}var isPseudo=async path=>pseudo.has((await statfs(
path).catch(()=>{}))?.type??0),secondsOf=({mtimeMs})=>Math.max(0,Math.floor(mtimeMs/1e3));var all9=process.getBuiltinModule("node:ffi");var DynamicLibrary=all9.DynamicLibrary;var getInt32=all9.getInt32;var all10=process.getBuiltinModule("node:os");var constants2=all10.constants;var SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){let code=errnoName(errno);super(`${syscall}${subject===
void 0?"":` "${subject}"`}: ${reason(errno)} (${code})`),this.syscall=syscall,this.code=code,this.errno=errno}},names=new Map(Object.entries(constants2.errno).reverse().
map(([name,value])=>[value,name]));function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(-errno)??
"failed"}catch{return"failed"}}var loaded=new DynamicLibrary(null);function bindFunctions(definitions){let functions={};for(let[name,signature]of Object.entries(
definitions))Object.defineProperty(functions,name,{get:()=>{let value=loaded.getFunction(name,signature);return Object.defineProperty(functions,name,{value}),value},
configurable:!0});return functions}var{__errno_location}=bindFunctions({__errno_location:{arguments:[],return:"pointer"}}),errnoAddress=__errno_location();function check(syscall,result,subject){
if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}var libc=bindFunctions({fchdir:{arguments:["int32"],return:"int32"},chroot:{arguments:["string"],return:"int32"}});function enterRoot(fd){check("fchdir",libc.fchdir(
fd)),check("chroot",libc.chroot("."))}var libc2=bindFunctions({prctl:{arguments:["int32","uint64","uint64","uint64","uint64"],return:"int32"},fcntl:{arguments:["int32","int32","uint64"],return:"int3\
2"}}),PR_SET_PDEATHSIG=1,SIGKILL=9;function dieWithParent(){check("prctl",libc2.prctl(PR_SET_PDEATHSIG,BigInt(SIGKILL),0n,0n,0n))}async function runCopyOrder(order){dieWithParent();let socket=new Socket({fd:copyDescriptors.archive,allowHalfOpen:!0});if(enterRoot(copyDescriptors.root),process.
umask(0),order.kind==="send"){let archive=tarBytes(sendTree(order.path,order.follow));return pipeline(Readable.from(archive,{objectMode:!1}),socket)}process.on(
"SIGTERM",()=>socket.destroy(new KitError("the copying was broken off")));let kind=order.archive?"archive":"tree",bytes=socket.iterator({destroyOnReturn:!1});await receiveTree(
readTar(bytes,"archive"),{target:order.path,kind,modeMask:4095})}runCopyOrder(JSON.parse(process.argv[2]??"")).then(()=>process.exit(0),thrown=>{printLine(reasonOf(thrown),2),process.exit(1)});
//# sourceMappingURL=main.mjs.map
