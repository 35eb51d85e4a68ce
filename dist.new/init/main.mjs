const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var __defProp=Object.defineProperty;var __getOwnPropNames=Object.getOwnPropertyNames;var __esm=(fn,res,err)=>function(){if(err)throw err[0];try{return fn&&(res=(0,fn[__getOwnPropNames(fn)[0]])(fn=0)),res}catch(e){throw err=[e],e}};var __export=(target,all11)=>{for(var name in all11)__defProp(target,name,{get:all11[name],enumerable:!0})};function reasonOf(thrown){return thrown instanceof Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"c\
ode"in thrown?thrown.code:void 0;return typeof code=="string"?code:void 0}var KitError,init_errors=__esm({"lib/errors/errors.ts"(){KitError=class extends Error{name="\
KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.cause}),this.hint=options.hint,this.place=
options.place,this.exitCode=options.exitCode??1}}}});var all2,accessSync,chmodSync,closeSync,existsSync,mkdirSync,openSync,readdirSync,readSync,readFileSync,readlinkSync,renameSync,rmSync,statSync,symlinkSync,writeFileSync,
writeSync,writevSync,constants,init_node_fs=__esm({"builtin:node:fs"(){all2=process.getBuiltinModule("node:fs"),accessSync=all2.accessSync,chmodSync=all2.chmodSync,
closeSync=all2.closeSync,existsSync=all2.existsSync,mkdirSync=all2.mkdirSync,openSync=all2.openSync,readdirSync=all2.readdirSync,readSync=all2.readSync,readFileSync=
all2.readFileSync,readlinkSync=all2.readlinkSync,renameSync=all2.renameSync,rmSync=all2.rmSync,statSync=all2.statSync,symlinkSync=all2.symlinkSync,writeFileSync=
all2.writeFileSync,writeSync=all2.writeSync,writevSync=all2.writevSync,constants=all2.constants}});var all3,DynamicLibrary,getInt32,getCurrentEventLoop,getRawPointer,init_node_ffi=__esm({"builtin:node:ffi"(){all3=process.getBuiltinModule("node:ffi"),DynamicLibrary=
all3.DynamicLibrary,getInt32=all3.getInt32,getCurrentEventLoop=all3.getCurrentEventLoop,getRawPointer=all3.getRawPointer}});var all4,hostname,constants2,init_node_os=__esm({"builtin:node:os"(){all4=process.getBuiltinModule("node:os"),hostname=all4.hostname,constants2=all4.constants}});var all5,getSystemErrorMap,getSystemErrorMessage,init_node_util=__esm({"builtin:node:util"(){all5=process.getBuiltinModule("node:util"),getSystemErrorMap=all5.getSystemErrorMap,
getSystemErrorMessage=all5.getSystemErrorMessage}});function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(-errno)??"failed"}catch{return"faile\
d"}}function bindFunctions(definitions){let functions={};for(let[name,signature]of Object.entries(definitions))Object.defineProperty(functions,name,{get:()=>{let value=loaded.
getFunction(name,signature);return Object.defineProperty(functions,name,{value}),value},configurable:!0});return functions}function check(syscall,result,subject){
if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}var SyscallError,names,loaded,__errno_location,errnoAddress,init_ffi=__esm(
{"lib/linux/ffi.ts"(){init_node_ffi();init_node_os();init_node_util();SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){
let code=errnoName(errno);super(`${syscall}${subject===void 0?"":` "${subject}"`}: ${reason(errno)} (${code})`),this.syscall=syscall,this.code=code,this.errno=errno}},
names=new Map(Object.entries(constants2.errno).reverse().map(([name,value])=>[value,name]));loaded=new DynamicLibrary(null);({__errno_location}=bindFunctions({__errno_location:{
arguments:[],return:"pointer"}})),errnoAddress=__errno_location()}});function pollDescriptor(fd,onReady){let handle=Buffer.alloc(handleBytes);checkUv("uv_poll_init",uv.uv_poll_init(getCurrentEventLoop(),handle,fd));let address=getRawPointer(
handle),watch={handle,wanted:0,deliver:onReady,closed:void 0};return live.set(address,watch),{want:events=>want(watch,(events.readable?readable:0)|(events.writable?
writable:0)),close:()=>close(watch)}}function registerCallbacks(library){return{library,onPoll:library.registerCallback({arguments:["pointer","int32","int32"],return:"\
void"},(address,status,events)=>{let watch=live.get(address);watch&&setImmediate(()=>status<0?deliverError(watch):deliver(watch,events))}),onClose:library.registerCallback(
{arguments:["pointer"],return:"void"},address=>{let watch=live.get(address);live.delete(address),setImmediate(()=>watch?.closed?.())})}}function deliver(watch,seen){
let events=seen&watch.wanted;watch.closed||events===0||watch.deliver({readable:(events&readable)!==0,writable:(events&writable)!==0})}function deliverError(watch){
setTimeout(()=>start(watch),pauseAfterError),deliver(watch,watch.wanted)}function want(watch,events){watch.closed||watch.wanted===events||(watch.wanted=events,events===
0?uv.uv_poll_stop(watch.handle):start(watch))}function start(watch){watch.closed||watch.wanted===0||checkUv("uv_poll_start",uv.uv_poll_start(watch.handle,watch.
wanted,native.onPoll))}function close(watch){let{promise,resolve:resolve2}=Promise.withResolvers();return watch.closed?Promise.resolve():(watch.closed=resolve2,
uv.uv_close(watch.handle,native.onClose),promise)}function checkUv(call2,result){if(result<0)throw new SyscallError(call2,-result)}var readable,writable,pollHandleType,
uv,handleBytes,live,native,pauseAfterError,init_poll=__esm({"lib/linux/io/poll.ts"(){init_node_ffi();init_ffi();readable=1,writable=2,pollHandleType=8,uv=bindFunctions(
{uv_handle_size:{arguments:["int32"],return:"uint64"},uv_poll_init:{arguments:["pointer","pointer","int32"],return:"int32"},uv_poll_start:{arguments:["pointer",
"int32","pointer"],return:"int32"},uv_poll_stop:{arguments:["pointer"],return:"int32"},uv_close:{arguments:["pointer","pointer"],return:"void"}}),handleBytes=Number(
uv.uv_handle_size(pollHandleType)),live=new Map,native=registerCallbacks(new DynamicLibrary(null));pauseAfterError=100}});var input_device_exports={};__export(input_device_exports,{KEY_POWER:()=>KEY_POWER,hasKey:()=>hasKey,isPress:()=>isPress,parseInputEvents:()=>parseInputEvents,watchInputDevice:()=>watchInputDevice});
function parseInputEvents(bytes){return Array.from({length:Math.floor(bytes.length/eventBytes)},(_,index)=>({type:bytes.readUInt16LE(index*eventBytes+16),code:bytes.
readUInt16LE(index*eventBytes+18),value:bytes.readInt32LE(index*eventBytes+20)}))}function isPress({type,code,value},key){return type===EV_KEY&&code===key&&value===
1}function hasKey(capabilities,key){let word=capabilities.trim().split(/\s+/).at(-1-Math.floor(key/64))??"";return/^[0-9a-f]{1,16}$/.test(word)&&(BigInt(`0x${word}`)>>
BigInt(key%64)&1n)===1n}function watchInputDevice(path,onEvents){let fd=openSync(path,constants.O_RDONLY|constants.O_NONBLOCK),buffer=Buffer.alloc(64*eventBytes),
gone=Promise.withResolvers(),poll=pollDescriptor(fd,()=>{let length=readSome(fd,buffer);length>0?onEvents(parseInputEvents(buffer.subarray(0,length))):length===
0&&gone.resolve()});return poll.want({readable:!0,writable:!1}),gone.promise.then(()=>poll.close()).then(()=>closeSync(fd))}function readSome(fd,buffer){try{return readSync(
fd,buffer)}catch(thrown){return codeOf(thrown)==="EAGAIN"?-1:0}}var EV_KEY,KEY_POWER,eventBytes,init_input_device=__esm({"lib/linux/io/input-device.ts"(){init_node_fs();
init_errors();init_poll();EV_KEY=1,KEY_POWER=116,eventBytes=24}});var all=process.getBuiltinModule("node:timers/promises");var setTimeout2=all.setTimeout;init_errors();init_node_fs();init_ffi();var libc=bindFunctions({madvise:{arguments:["uint64","uint64","int32"],return:"int32"},malloc_trim:{arguments:["uint64"],return:"int32"}}),
MADV_DONTNEED=4;function releaseMemory(){globalThis.gc?.(),libc.malloc_trim(0n);for(let{start:start3,end}of droppableMappings(readFileSync("/proc/self/smaps","u\
tf8")))libc.madvise(start3,end-start3,MADV_DONTNEED)}function droppableMappings(smaps){return smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap(entry=>{let head=/^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [0-9a-f]+ \S+ ([0-9]+) /.
exec(entry);return!head||head[3]==="0"||!/^Anonymous: +0 kB$/m.test(entry)?[]:[{start:BigInt(`0x${head[1]}`),end:BigInt(`0x${head[2]}`)}]})}var EndRequests=class{#first=Promise.withResolvers();#ending=new AbortController;#skipWaiting=new AbortController;request(request2){this.#ending.signal.aborted&&
this.#skipWaiting.abort(),this.#ending.abort(),this.#first.resolve(request2)}get first(){return this.#first.promise}get ending(){return this.#ending.signal}get skipWaiting(){
return this.#skipWaiting.signal}},signals={SIGTERM:"reboot",SIGINT:"reboot",SIGUSR1:"halt",SIGUSR2:"poweroff"};function installHandlers(requests,console){for(let name of[
"uncaughtException","unhandledRejection"])process.on(name,thrown=>{let text2=thrown instanceof Error?thrown.stack??thrown.message:String(thrown);console.log(`bu\
g in init, which continues: ${text2}`)});for(let[name,ending]of Object.entries(signals))process.on(name,()=>requests.request({ending,by:name}))}init_errors();var all6=process.getBuiltinModule("node:path");var resolve=all6.resolve;var isAbsolute=all6.isAbsolute,join=all6.join;var dirname=all6.dirname;var guestPaths={containers:"/containers",layers:"/run/layers",layerFiles:"/run/layerfiles",moduleIndex:"/usr/lib/modules/kit-index.json",network:"/etc/kit/netwo\
rk.json",control:"/etc/kit/control.json",init:"/usr/lib/kit/init/main.mjs",supervisor:"/usr/lib/kit/supervisor/main.mjs",copy:"/usr/lib/kit/copy/main.mjs",reports:"\
/run/kit/reports",logs:"/run/log",controlSocket:"/run/kit/control.sock",readSocket:"/run/kit/read/control.sock",inspect:"/run/kit/inspect",production:"/etc/kit/\
production",containerdSocket:"/run/containerd/containerd.sock",vsock:"/dev/vsock"};var defaultNamespace="services.linuxkit";init_errors();function loadDrivers({system,console}){if(!system.ownsMachine())return"skipped in a container";let index=readIndex(system);if(index===void 0)return`\
no "${guestPaths.moduleIndex}" in the image: nothing is loaded`;let loader=new DriverLoader(index,system);for(;loader.loadNewDrivers(););for(let failure of loader.
failures)console.log(failure);return loader.loaded.join(", ")||"none needed"}function loadModuleByName(name,{system,console}){let index=readIndex(system);if(index===
void 0)return;let loader=new DriverLoader(index,system);loader.load(name);for(let failure of loader.failures)console.log(failure)}function readIndex(system){let text2=system.
files.read(guestPaths.moduleIndex);if(text2!==void 0)try{return JSON.parse(text2)}catch(thrown){throw new KitError(`Cannot read "${guestPaths.moduleIndex}": ${reasonOf(
thrown)}`,{cause:thrown})}}var DriverLoader=class{loaded=[];failures=[];#index;#system;#seenDevices=new Set;#seenAliases=new Set;#tried=new Set;constructor(index,system){
this.#index=index,this.#system=system}loadNewDrivers(){let before=this.loaded.length;for(let alias of this.#newAliases())for(let module of modulesFor(alias,this.#index))
this.load(module);return this.loaded.length>before}#newAliases(){let{files}=this.#system,devices=files.list("/sys/bus").flatMap(bus=>files.list(`/sys/bus/${bus}\
/devices`).map(name=>`/sys/bus/${bus}/devices/${name}`)).filter(device=>!this.#seenDevices.has(device));for(let device of devices)this.#seenDevices.add(device);
let aliases=devices.map(device=>files.read(`${device}/modalias`)?.trim()??"").filter(Boolean),fresh=[...new Set(aliases)].filter(alias=>!this.#seenAliases.has(alias));
for(let alias of fresh)this.#seenAliases.add(alias);return fresh}load(name){let module=own(this.#index.modules,name);if(!(!module||this.#tried.has(name))){this.#tried.
add(name);for(let needed of module.needs)this.load(needed);try{let path=join("/usr/lib/modules",this.#index.release,module.path);this.#system.loadModule(path)&&
this.loaded.push(name)}catch(thrown){if(codeOf(thrown)==="ENODEV")return;this.failures.push(`module ${name} failed: ${reasonOf(thrown)}`)}}}};function own(table,key){
return Object.hasOwn(table,key)?table[key]:void 0}function modulesFor(modalias,index){let colon=modalias.indexOf(":"),[bus,rest]=[modalias.slice(0,colon),modalias.
slice(colon+1)];return[...own(index.aliases,bus)??[],...own(index.aliases,`${bus}*`)??[]].filter(([glob])=>globMatches(glob,rest)).map(([,module])=>module)}function globMatches(glob,text2){
let star=glob.search(/[*?[]/);if(star===-1)return glob===text2;if(!text2.startsWith(glob.slice(0,star)))return!1;try{return new RegExp(`^${regexSource(glob)}$`,
"s").test(text2)}catch{return!1}}function regexSource(glob){return glob.replace(/\[!?[^\]]+\]|[\s\S]/g,part=>part==="*"?".*":part==="?"?".":part.length>1?part.replace(
/\\/g,"\\\\").replace(/^\[!/,"[^"):part.replace(/[.+^${}()|[\]\\/-]/,"\\$&"))}var loadInputDevices=()=>Promise.resolve().then(()=>(init_input_device(),input_device_exports));async function watchPowerButton(context,load=loadInputDevices){let{
system,console,requests}=context;try{if(!system.ownsMachine())return;let input=await load();if(withPowerKey("input","capabilities/key",context,input).length===0)
return;loadModuleByName("evdev",context);let onEvents=events=>{events.some(event=>input.isPress(event,input.KEY_POWER))&&requests.request({ending:"poweroff",by:"\
the power button"})};for(let name of withPowerKey("event","device/capabilities/key",context,input))input.watchInputDevice(`/dev/input/${name}`,onEvents)}catch(thrown){
console.log(`Cannot watch the power button: ${reasonOf(thrown)}`)}}function withPowerKey(kind,file,{system},{hasKey:hasKey2,KEY_POWER:KEY_POWER2}){return system.
files.list("/sys/class/input").filter(name=>name.startsWith(kind)).filter(name=>hasKey2(system.files.read(`/sys/class/input/${name}/${file}`)??"",KEY_POWER2))}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];function markedLine(text2){if(text2.charCodeAt(0)!==60||text2.charCodeAt(2)!==62)return;let level=levels[text2.charCodeAt(1)-48];return level&&{level,text:text2.
slice(3)}}var unmarked=text2=>markedLine(text2)?.text??text2;var blockLimits={head:256,bytes:1<<20};function formatHead({n,t,stream,pid,lines,bytes}){return`{"n":${n},"t":${t},"stream":"${stream}","pid":${pid},"lines":${lines}\
,"bytes":${bytes}}
`}function parseHead(text2){try{let head=JSON.parse(text2);return[head.n,head.t,head.pid,head.lines,head.bytes].every(one=>Number.isSafeInteger(one)&&one>=0)&&streams.
has(head.stream)&&head.bytes<=blockLimits.bytes?head:void 0}catch{return}}var streams=new Set(["stdout","stderr","kit",...levels]);function textLines(body){let texts=body.toString("utf8").split(`
`);return texts.pop(),texts.map(text2=>text2.endsWith("\r")?text2.slice(0,-1):text2)}var lingerMs=500;async function logOutput({stdout,stderr},ended,log,onLine){let streams2=[logStream(stdout,"stdout",log,onLine),logStream(stderr,"stderr",log,onLine)];
await Promise.race([Promise.all(streams2),ended.then(()=>setTimeout2(lingerMs,void 0,{ref:!1}))]),stdout?.destroy(),stderr?.destroy()}function logStream(stream,name,log,onLine){
let sink=log.sink(name,({pieces})=>{if(onLine)for(let line of textLines(Buffer.concat(pieces)))onLine(unmarked(line))});return new Promise(resolve2=>{stream?.on(
"data",chunk=>sink.push(chunk)),stream?.on("error",()=>resolve2()),stream?.on("close",()=>{sink.end(),resolve2()}),stream||resolve2()})}init_node_os();init_node_fs();init_node_os();init_node_util();var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;init_errors();function notStarted(thrown,attempt){let code=codeOf(thrown)??"";if(code==="ERR_INVALID_ARG_VALUE")return{missing:!0,reason:"that names no program"};
if(!lookedFor.has(code))return{missing:!1,reason:systemReason(code)??reasonOf(thrown)};let{file,cwd}=attempt;if(cwd!==void 0&&!isFolder(cwd))return{missing:!1,reason:`\
there is no folder "${cwd}" to run it in`};let found=candidates(attempt).map(path=>({path,state:look(path)})),first=state=>found.find(one=>one.state===state)?.path,
there=first("program");if(there!==void 0&&(code==="ENOENT"||lacksInterpreter(there)))return{missing:!1,reason:`the interpreter of ${called(there,file)} is not t\
here`};let refused=first("refused")??there;if(refused!==void 0)return{missing:!1,reason:`${called(refused,file)} may not be executed`};let closed=first("closed");
return{missing:!0,reason:closed===void 0?notThere:`${notThere} (${closedTo(closed)})`}}function systemReason(code){let number=new Map(Object.entries(constants2.
errno)).get(code);return number===void 0?void 0:errnoText(-number)}var lookedFor=new Set(["ENOENT","EACCES","ENOTDIR"]),notThere="it is not there",closedTo=path=>`\
this user may not look into "${dirname(path)}"`,called=(path,file)=>path===file?"it":`"${path}"`;function candidates({file,env=process.env,cwd="."}){return file.
includes("/")?[file.startsWith("/")?file:resolve(cwd,file)]:(env.PATH??"/bin:/usr/bin").split(":").map(folder=>resolve(cwd,join(folder||".",file)))}function look(path){
try{if(!statSync(path).isFile())return"refused"}catch(thrown){return codeOf(thrown)==="EACCES"?"closed":"absent"}try{return accessSync(path,constants.X_OK),"pro\
gram"}catch{return"refused"}}function lacksInterpreter(path){try{let[,interpreter]=/^#![ \t]*(\/\S+)/.exec(readFileSync(path,"latin1"))??[];return interpreter!==
void 0&&look(interpreter)==="absent"}catch{return!1}}function isFolder(path){try{return statSync(path).isDirectory()}catch{return!1}}var all7=process.getBuiltinModule("node:child_process");var spawn=all7.spawn;var all8=process.getBuiltinModule("node:events");var errorMonitor=all8.errorMonitor;init_errors();var spawnProgram=((file,args,options)=>{let explain=thrown=>{thrown instanceof Error&&codeOf(thrown)!=="ABORT_ERR"&&(thrown.message=`Cannot run "${file}": ${notStarted(
thrown,attemptOf(file,options)).reason}`)};try{let child=spawn(file,[...args],options);return child.on(errorMonitor,thrown=>{child.pid===void 0&&explain(thrown)})}catch(thrown){
throw explain(thrown),thrown}});function attemptOf(file,{env,cwd}){return{file,env,cwd:cwd instanceof URL?cwd.pathname:cwd}}var programEnvironment={PATH:"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",HOME:"/root",NO_COLOR:"1"};function startProgram([file="",...args],stdio){
let child=spawnProgram(file,args,{env:programEnvironment,cwd:"/",stdio});return{stdout:child.stdout,stderr:child.stderr,ended:endOf(child),kill:signal=>{child.kill(
signal)},send(message){child.connected&&child.send(message,()=>{})},onMessage:listener=>{child.on("message",listener)}}}function endOf(child){return new Promise(
resolve2=>{child.on("error",error=>{if(child.pid!==void 0)return;let{missing}=notStarted(error,{file:child.spawnfile,env:programEnvironment}),reason2=missing?`C\
annot run "${child.spawnfile}": not in the image`:error.message;resolve2({notStarted:reason2})}),child.once("exit",(status,signal)=>{resolve2({status:status??128+
(signal?constants2.signals[signal]:0),signal})})})}var signalNames=new Map(Object.entries(constants2.signals).map(([name,number])=>[128+number,name]));function reportedEnd(status){
return{status,signal:signalNames.get(status)??null}}function describeEnd(end){return"notStarted"in end?end.notStarted:end.signal?`killed by ${end.signal}`:`exit\
 status ${end.status}`}var delay={first:100,last:1e4,longRun:1e4};function startDaemon(name,start3,console){let program,restarting=!0,waitMs2=delay.first,run2=async()=>{if(!restarting)
return;let startedAt=performance.now();program=start3();let end=await program.ended;program=void 0,restarting&&(performance.now()-startedAt>=delay.longRun&&(waitMs2=
delay.first),console.log(`${name} ended (${describeEnd(end)}), restarting in ${waitMs2} ms`),setTimeout(()=>{run2()},waitMs2),waitMs2=Math.min(waitMs2*2,delay.last))};
return run2(),{program:()=>program,stopRestarting(){restarting=!1}}}var containerd="/usr/bin/containerd";function startContainerd({console,system}){if(!system.files.has(containerd))return;let log=system.openLog("containerd");return startDaemon(
"containerd",()=>{let program=system.startProgram([containerd],["ignore","pipe","pipe"]);return logOutput(program,program.ended,log),program},console)}function watchServicesStop(limitMs){let{promise,resolve:resolve2}=Promise.withResolvers(),timer,exits=0,wait2=(reason2,service)=>{clearTimeout(timer),timer=setTimeout(
()=>resolve2(reason2),limitMs(service))};return wait2("the supervisor does not answer"),{done:promise.finally(()=>clearTimeout(timer)),handle(message){return message.
kind==="stopping"&&wait2(`the supervisor hangs while it stops "${message.name}"`,message.name),message.kind==="stopped"&&resolve2(void 0),message.kind==="stoppi\
ng"||message.kind==="stopped"},supervisorExited(){exits+=1,exits>1?resolve2("the supervisor keeps exiting"):wait2("the supervisor exited, and its successor does\
 not answer")}}}var supervisorCommand=main=>[process.execPath,"--disable-sigusr1","--disable-warning=ExperimentalWarning","--enable-source-maps","--max-semi-space-size=1","--he\
ap-growing-percent=50","--expose-gc","--use-openssl-ca",main];function startSupervisor({console,system},onMessage,command=supervisorCommand(guestPaths.supervisor)){if(!system.files.has(guestPaths.supervisor))return;let order,
stop,daemon=startDaemon("supervisor",()=>{let program=system.startProgram(command,["ignore","inherit","inherit","ipc"]);return program.onMessage(message=>{stop?.
handle(message)||onMessage(message)}),program.ended.then(end=>{"status"in end&&stop?.supervisorExited()}),order&&program.send(order),program},console),send=message=>{
order=message,daemon.program()?.send(message)};return{go:()=>send({kind:"go"}),stop(limitMs){return stop=watchServicesStop(limitMs),send({kind:"stop"}),stop.done},
stopRestarting:()=>daemon.stopRestarting()}}init_errors();var openFiles=1048576;function raiseLimits({system}){let most=Number(system.files.read("/proc/sys/fs/nr_open")??openFiles);try{system.setLimit("NO\
FILE",Math.min(openFiles,most)),system.setLimit("NPROC","unlimited")}catch(thrown){if(system.ownsMachine())throw thrown;return"unchanged: the machine around thi\
s container allows no more"}}function setClock({system}){if(!system.ownsMachine())return"skipped in a container";let timeMs=system.readHardwareClock();if(timeMs===
void 0)return"no hardware clock";Math.abs(timeMs-Date.now())>2e3&&system.setWallClock(timeMs)}function sendCtrlAltDelToInit({system}){if(!system.ownsMachine())return"\
skipped in a container";system.reboot("ctrlAltDelToInit")}function startLoopback({system}){let link=system.listLinks().find(({loopback})=>loopback);if(!link)throw new KitError(
"Cannot bring up the loopback interface: there is none");system.changeLink(link.index,{up:!0})}function setHostname({system}){let name=(system.files.read("/etc/\
hostname")?.trim()||kernelHostname(system.hostname()))??`kit-${system.macAddress()?.replaceAll(":","")??"unnamed"}`;return system.setHostname(name),name}function kernelHostname(name){
return name===""||name==="(none)"||name==="localhost"?void 0:name}var maxHostname=64;function setHostnameFromMetadata({system}){let found=system.ownsMachine()?void 0:
system.files.read("/run/config/hostname")?.trim();found&&system.setHostname(found.slice(0,maxHostname))}var resolvConfFolder="/run/resolvconf";function makeResolvConf({
system}){let file=`${resolvConfFolder}/resolv.conf`;system.files.makeFolder(resolvConfFolder,493),system.files.has(file)||system.files.write(file,"")}function parseLayerIndex(text2){return text2.split(`
`).filter(line=>line!=="").map(line=>{let match=/^([0-9a-f]{16}) (\d{1,15}) (root|bundle)$/.exec(line),[,id,bytes,use]=match??[];if(!id||!bytes||use!=="root"&&use!==
"bundle")throw new RangeError(`Cannot read layer index line "${line}": want "<id> <bytes> <root|bundle>"`);return{id,bytes:Number(bytes),use}})}init_errors();function prepareBundle({dir,runtime},kernel){let again=kernel.isMounted(join(dir,"rootfs"));again&&releaseBundle({dir,runtime},kernel);let wanted=runtime.
mounts.filter(mount2=>!again||isOwn(dir,mount2));makeMounts(dir,wanted,kernel,()=>{for(let path of runtime.mkdir)kernel.makeFolder(absolutePath(dir,path));for(let cgroup of runtime.
cgroups)kernel.makeCgroup(cgroup)})}function makeMounts(dir,mounts2,kernel,afterwards=()=>{}){let made=[];try{for(let mount2 of mounts2)makeMount(dir,mount2,kernel,
made);afterwards()}catch(thrown){for(let target of made.reverse())quietly(()=>kernel.unmount(target));throw thrown}}function releaseBundle({dir,runtime},kernel){
let own2=runtime.mounts.filter(mount2=>isOwn(dir,mount2)&&!isRemount(mount2));for(let{destination}of own2.toReversed()){let target=absolutePath(dir,destination);
kernel.isMounted(target)&&quietly(()=>kernel.unmount(target))}}function prepareProcess(pid,runtime,kernel){for(let entry of runtime.interfaces)makeInterface(entry,
pid,kernel);for(let[kind,path]of Object.entries(runtime.bindNS))path!==""&&(kernel.makeFile(path),kernel.isMounted(path)&&kernel.unmount(path),kernel.mount(`/pr\
oc/${pid}/ns/${kind}`,path,"",["bind"]))}function absolutePath(dir,path){return isAbsolute(path)?path:join(dir,"rootfs",path)}function isOwn(dir,{destination}){
return absolutePath(dir,destination).startsWith(`${dir}/`)}function isRemount({options}){return options.includes("remount")}function makeMount(dir,mount2,kernel,made){
let target=absolutePath(dir,mount2.destination),isBind=mount2.options.some(word=>word==="bind"||word==="rbind");try{isBind&&kernel.isFile(mount2.source)?kernel.
makeFile(target):kernel.makeFolder(target);for(let word of mount2.options){let folder=/^(?:upperdir|workdir)=(.+)$/.exec(word)?.[1];folder&&kernel.makeFolder(folder)}
kernel.mount(mount2.source,target,mount2.type,mount2.options)}catch(thrown){throw new KitError(`Cannot mount "${mount2.source}" (${mount2.type||"bind"}) on "${target}\
": ${reasonOf(thrown)}`,{cause:thrown})}isRemount(mount2)||made.push(target)}function makeInterface({name,add:add2,peer,createInRoot},pid,kernel){if(add2){let ends={
name,kind:add2,...peer&&{peer}};if(kernel.createLink(createInRoot?ends:{...ends,inNamespaceOf:pid}),!createInRoot)return}kernel.moveLink(name,pid)}function quietly(act){
try{act()}catch{}}init_errors();function mountLayers({system,console}){let index=system.files.read(join(guestPaths.layerFiles,"index"));if(index===void 0)return"none";let layers=parseLayerIndex(
index).filter(({use})=>use==="bundle");for(let{id}of layers){let target=join(guestPaths.layers,id);if(!system.isMounted(target))try{system.files.makeFolder(target,
493),system.mountImage(join(guestPaths.layerFiles,`${id}.erofs`),target,"erofs")}catch(thrown){console.log(`layer ${id} failed: ${reasonOf(thrown)}`)}}return`${layers.
length}`}function mountVolumes({system,console}){let root=join(guestPaths.containers,"volumes"),names2=system.files.list(root);for(let name of names2)try{let folder=join(
root,name);makeMounts(folder,readVolume(folder,system).mounts,system)}catch(thrown){console.log(`volume ${name} failed: ${reasonOf(thrown)}`)}return names2.join(
", ")||"none"}function readVolume(folder,{files}){let text2=files.read(join(folder,"volume.json"));return text2===void 0?flatVolume(folder,files.has(join(folder,
"tmp"))):JSON.parse(text2)}function flatVolume(folder,writable2){let[lower,tmp,merged]=[join(folder,"lower"),join(folder,"tmp"),join(folder,"merged")];if(!writable2)
return{mounts:[{destination:merged,type:"",source:lower,options:["bind","ro"]}]};let options=[`lowerdir=${lower}`,`upperdir=${tmp}/upper`,`workdir=${tmp}/work`];
return{mounts:[{destination:tmp,type:"tmpfs",source:"tmpfs",options:[]},{destination:merged,type:"overlay",source:"overlay",options}]}}init_errors();init_node_fs();var cgroupRoot="/sys/fs/cgroup";function canMakeCgroups(root=cgroupRoot){try{return accessSync(root,constants.W_OK),!0}catch{return!1}}function makeCgroup(path,root=cgroupRoot){
let folder=root;for(let name of path.split("/").filter(Boolean))enableControllers(folder),folder=join(folder,name),mkdirSync(folder,{recursive:!0,mode:493})}function enableControllers(folder){
for(let controller of readFileSync(join(folder,"cgroup.controllers"),"utf8").split(/\s+/).filter(Boolean))try{writeFileSync(join(folder,"cgroup.subtree_control"),
`+${controller}`)}catch{}}var safe=["nosuid","nodev","noexec","relatime"],mounts=[row("show processes","proc","/proc","proc",safe),row("show devices and drivers","sysfs","/sys","sysfs",safe),
row("hold device files","dev","/dev","devtmpfs",["nosuid","noexec","relatime","mode=755"]),row("hold state until the next boot","run","/run","tmpfs",[...safe,"s\
ize=10%","mode=755"]),row("hold temporary files","tmp","/tmp","tmpfs",[...safe,"size=10%","mode=1777"]),row("hold variable files","var","/var","tmpfs",[...safe,
"size=50%","mode=755"]),row("give terminals","devpts","/dev/pts","devpts",["nosuid","noexec","relatime","gid=5","mode=0620","ptmxmode=0666"]),row("share memory",
"shm","/dev/shm","tmpfs",[...safe,"mode=1777"]),row("pass messages","mqueue","/dev/mqueue","mqueue",safe,!0),row("limit and account","cgroup2",cgroupRoot,"cgrou\
p2",safe),row("secure","securityfs","/sys/kernel/security","securityfs",safe,!0),row("debug","debugfs","/sys/kernel/debug","debugfs",safe,!0),row("trace","trace\
fs","/sys/kernel/tracing","tracefs",safe,!0),row("configure","configfs","/sys/kernel/config","configfs",safe,!0),row("control fuse","fusectl","/sys/fs/fuse/conn\
ections","fusectl",safe,!0),row("keep crash records","pstore","/sys/fs/pstore","pstore",safe,!0),row("hold bpf objects","bpf","/sys/fs/bpf","bpf",safe,!0),row("\
show firmware variables","efivarfs","/sys/firmware/efi/efivars","efivarfs",safe,!0),row("run foreign binaries","binfmt_misc","/proc/sys/fs/binfmt_misc","binfmt_\
misc",safe,!0)];function row(purpose,source,target,type,options,optional){return{purpose,source,target,type,options,...optional&&{optional}}}var folders=[...["c\
ache","lib","local","lock","log","opt","spool"].map(name=>[`/var/${name}`,493]),["/var/empty",365],["/var/tmp",1023],["/run/kit",493]],links=[["/var/run","/run"],
["/dev/fd","/proc/self/fd"],["/dev/stdin","/proc/self/fd/0"],["/dev/stdout","/proc/self/fd/1"],["/dev/stderr","/proc/self/fd/2"],["/dev/kcore","/proc/kcore"]];function mountAll({
system}){system.files.has("/proc/self")||mountRow(system,mounts[0]);let mounted=new Set(system.listMounts().map(({target})=>target));for(let entry of mounts)mounted.
has(entry.target)||mountRow(system,entry);for(let[path,mode]of folders)system.files.makeFolder(path,mode);for(let[path,target]of links)system.files.link(path,target);
system.mount("none","/","",["rshared"])}function mountRow({files,mount:mount2},entry){if(!entry)return;let{purpose,source,target,type,options,optional}=entry;try{
!/^\/(sys|proc)\//.test(target)&&!files.has(target)&&files.makeFolder(target,493),mount2(source,target,type,options)}catch(thrown){if(optional)return;throw new KitError(
`Cannot mount ${type} on "${target}" to ${purpose}: ${reasonOf(thrown)}`,{cause:thrown})}}function setUpCgroups({system}){if(!system.canMakeCgroups())return"non\
e: the host of this container gives it none";for(let parent of["svc","onboot","onshutdown"])system.makeCgroup(parent),system.enableControllers(`${cgroupRoot}/${parent}`)}var staticDnsFile="static.json",interfaceMarks={fixed:"kit: fixed",dhcp:"kit: dhcp"};init_errors();var maxServers=3,maxDomains=6;function formatResolvConf(sources){let servers=distinct(sources.flatMap(source=>source.servers)).slice(0,maxServers),domains=distinct(
sources.flatMap(({search})=>search)).slice(0,maxDomains),lines=servers.map(server=>`nameserver ${server}
`);return domains.length>0&&lines.unshift(`search ${domains.join(" ")}
`),lines.join("")}function distinct(values){return[...new Set(values)]}var waitMs=1e4,pollMs=50;async function setUpNetwork(context){let{system,console}=context,text2=system.files.read(guestPaths.network);if(text2===void 0)return"l\
eft to services";let{interfaces,dns}=JSON.parse(text2);system.files.write(join(resolvConfFolder,staticDnsFile),JSON.stringify(dns)),system.files.write(join(resolvConfFolder,
"resolv.conf"),formatResolvConf([dns])),system.ownsMachine()&&interfaces.some(({vlan})=>vlan)&&loadModuleByName("8021q",context);let deadline=system.uptimeMs()+
waitMs,done=[];for(let config of interfaces)try{let link=await findOrMakeLink(config,deadline,context);done.push(`${link.name} ${configureLink(link,config,context).
join(", ")||"up"}`)}catch(thrown){console.log(`interface ${config.name??config.mac} failed: ${reasonOf(thrown)}`)}return done.join("; ")||"nothing was set"}async function findOrMakeLink({
name,mac,vlan},deadline,context){if(vlan&&name){let below=await waitForLink(link=>link.name===vlan.link,vlan.link,deadline,context);context.system.createVlan({name,
id:vlan.id,link:below.index})}return waitForLink(link=>name?link.name===name:link.mac===mac&&link.kind==="",name??mac??"",deadline,context)}async function waitForLink(fits,what,deadline,{
system,ending}){for(;;){let links2=system.listLinks(),found=links2.find(fits);if(found)return found;if(ending.aborted||system.uptimeMs()>deadline){let others=links2.
filter(({loopback})=>!loopback).map(link=>`${link.name} (${link.mac})`);throw new Error(`no "${what}" after ${waitMs/1e3} s, only ${others.join(", ")||"loopback"}`)}
await setTimeout2(pollMs)}}function configureLink({index,name},{addresses,routes,dhcp,mtu},{system,console}){return[[dhcp?"DHCP":"",()=>system.changeLink(index,
{alias:dhcp?interfaceMarks.dhcp:interfaceMarks.fixed})],...mtu===void 0?[]:[[`MTU ${mtu}`,()=>system.changeLink(index,{mtu})]],["",()=>system.changeLink(index,{
up:!0})],...addresses.map(one=>[`${one.address}/${one.prefix}`,()=>system.setAddress({index,...one})]),...routes.map(one=>{let to=one.prefix===0?"default":`${one.
destination}/${one.prefix}`;return[one.gateway?`${to} via ${one.gateway}`:to,()=>system.setRoute({index,...one})]})].flatMap(([what,set])=>{try{return set(),what===
""?[]:[what]}catch(thrown){return console.log(`interface ${name}: ${reasonOf(thrown)}`),[]}})}var isForProduction=({system})=>system.files.has(guestPaths.production),settings=[["kernel/sysrq","0"],["kernel/yama/ptrace_scope","3"],["kernel/kexec_load_disa\
bled","1"],["kernel/dmesg_restrict","1"],["kernel/kptr_restrict","2"],["fs/suid_dumpable","0"]];function hardenForProduction(context){let{system}=context;return isForProduction(
context)?(system.setLimit("CORE",0),["for production",...(system.ownsMachine()?settings.filter(setting=>!apply(setting,context)):[]).map(([path])=>`${path} coul\
d not be set`)].join(", ")):void 0}function apply([path,value],{system:{files}}){let file=`/proc/sys/${path}`;if(!files.has(file))return!0;try{return files.write(
file,value),!0}catch{return!1}}init_errors();init_errors();var killAgainMs=1e3;async function runContainer(bundle,context,stop){let log=context.system.openLog(bundle.name),killing=killOnAbort(bundle,context,stop);try{return stop.
aborted?{notStarted:"the machine ends"}:needsPreparedProcess(bundle)?await createAndStart(bundle,context,log):await run(bundle,context,log)}finally{killing.end(),
log.close()}}function killOnAbort(bundle,context,stop){let again,kill=()=>{deleteContainer(bundle,context),again=setTimeout(kill,killAgainMs)};return stop.addEventListener(
"abort",kill,{once:!0}),{end(){stop.removeEventListener("abort",kill),clearTimeout(again)}}}function needsPreparedProcess({runtime}){return runtime.interfaces.length>
0||Object.values(runtime.bindNS).some(path=>path!=="")}async function run(bundle,context,log){let command=[bundle.runtime.kit.ociRuntime,"run","--bundle",bundle.
dir,bundle.name],program=context.system.startProgram(command,["ignore","pipe","pipe"]);await logOutput(program,program.ended,log,printWithName(bundle,context));
let end=await program.ended;return"status"in end?reportedEnd(end.status):end}function printWithName({name},{console}){return line=>console.print(`${name}: ${line}`)}
async function createAndStart(bundle,context,log){let{ociRuntime}=bundle.runtime.kit,pidFile=`/run/kit/${bundle.name}.pid`,command=[ociRuntime,"create","--bundl\
e",bundle.dir,"--pid-file",pidFile,bundle.name],creator=context.system.startProgram(command,["ignore","pipe","pipe"]),ended=creator.ended.then(end=>succeeded(end)?
start2(bundle,pidFile,context):end);try{return await logOutput(creator,ended,log,printWithName(bundle,context)),await ended}finally{await deleteContainer(bundle,
context)}}async function start2(bundle,pidFile,context){try{let{system}=context,pid=Number(system.files.read(pidFile)),ended=context.waitFor(pid);ended.catch(()=>{}),
prepareProcess(pid,bundle.runtime,system);let command=[bundle.runtime.kit.ociRuntime,"start",bundle.name],started=await system.startProgram(command,["ignore","i\
nherit","inherit"]).ended;return succeeded(started)?reportedEnd((await ended).status):{notStarted:`Cannot start it: ${describeEnd(started)}`}}catch(thrown){return{
notStarted:reasonOf(thrown)}}}function succeeded(end){return"status"in end&&end.status===0}async function deleteContainer({name,runtime},{system}){await system.
startProgram([runtime.kit.ociRuntime,"delete","--force",name],"ignore").ended}init_errors();function writeReport(report,{system,console}){let path=join(guestPaths.reports,`${report.section}-${report.name}.json`);try{system.files.makeFolder(
guestPaths.reports,493),system.files.replace(path,`${JSON.stringify(report)}
`)}catch(thrown){console.log(`Cannot write "${path}": ${reasonOf(thrown)}`)}}async function openConsoleShell(message,context){let{system,console,ending}=context;if(isForProduction(context))return console.log("No shell: the image was buil\
t with --production");console.log(message);let shell=system.startProgram(["/usr/bin/busybox","sh","-i"],"inherit"),kill=()=>shell.kill("SIGKILL");ending.addEventListener(
"abort",kill,{once:!0});let end=await shell.ended;ending.removeEventListener("abort",kill),"notStarted"in end&&console.log(describeEnd(end))}async function runTasks(section,context){let bundles=context.system.readBundles(section),failed=[];for(let bundle of bundles){if(context.ending.aborted)break;if((await runTask(
bundle,context)).state!=="failed")continue;failed.push(bundle.name);let{onFailure}=bundle.runtime.kit;if(onFailure==="shell")await openConsoleShell(`${bundle.name}\
 failed: starting a shell; the boot continues when it exits`,context);else if(onFailure!=="continue"){let request2={ending:onFailure,by:`${section} ${bundle.name}\
, which failed`};return{summary:summarize(bundles,failed),request:request2}}}return{summary:summarize(bundles,failed)}}function summarize(bundles,failed){return bundles.
length===0?"none":failed.length===0?`${bundles.length} done`:`${failed.join(", ")} failed`}async function runTask(bundle,context){let{system,console}=context,startedMs=system.
uptimeMs(),started={name:bundle.name,section:bundle.section,startedMs};writeReport({...started,state:"running",exitStatus:null,reason:"",finishedMs:null},context);
let{exitStatus,reason:reason2}=await runPrepared(bundle,context),finishedMs=system.uptimeMs(),state=reason2===""?"succeeded":"failed",report={...started,state,exitStatus,
reason:reason2,finishedMs},took=`${Math.round(finishedMs-startedMs)} ms`;return console.log(state==="failed"?`${bundle.section} ${bundle.name} failed after ${took}\
: ${reason2}`:`${bundle.section} ${bundle.name} ${took}`),writeReport(report,context),report}async function runPrepared(bundle,context){let{timeoutMs}=bundle.runtime.
kit,timeout=timeoutMs>0?AbortSignal.timeout(timeoutMs):new AbortController().signal;try{prepareBundle(bundle,context.system);let end=await runContainer(bundle,context,
AbortSignal.any([timeout,context.ending]));return{exitStatus:"status"in end?end.status:null,reason:failureReason(end,bundle,timeout)}}catch(thrown){return{exitStatus:null,
reason:reasonOf(thrown)}}finally{releaseBundle(bundle,context.system)}}function failureReason(end,{runtime},timeout){return"status"in end&&end.status===0?"":timeout.
aborted?`it did not end within ${runtime.kit.timeoutMs/1e3} s`:describeEnd(end)}var timelineFile="/run/kit/boot.json",stage1File="/run/kit/stage1";function timesBeforeInit({system}){let nowMs=system.uptimeMs(),marks=(system.files.read(stage1File)??
"").split(`
`).map(line=>Number.parseFloat(line)*1e3),[stage1Ms,runtimeMs]=marks;return!stage1Ms||!runtimeMs?[{phase:"before init",startMs:0,endMs:nowMs}]:[{phase:"kernel",
startMs:0,endMs:stage1Ms},{phase:"stage 1",startMs:stage1Ms,endMs:runtimeMs},{phase:"runtime",startMs:runtimeMs,endMs:nowMs}]}function writeTimeline(times,{system}){
system.files.replace(timelineFile,`${JSON.stringify(times)}
`)}function logReady(failed,{system,console}){let times=JSON.parse(system.files.read(timelineFile)??"[]"),last=times.at(-1);if(last===void 0||last.phase==="read\
y")return;let endMs=system.uptimeMs();writeTimeline([...times,{phase:"ready",startMs:last.endMs,endMs}],{system});let seconds=(endMs/1e3).toFixed(1),exceptions=failed.
length===0?"":`, except ${failed.join(", ")}`;console.log(`ready in ${seconds} s${exceptions}`)}var bootSteps=[{name:"mounts",onError:"stop",run:mountAll},{name:"cgroups",onError:"continue",run:setUpCgroups},{name:"limits",onError:"continue",run:setLimits},
{name:"ctrl-alt-del",onError:"continue",run:sendCtrlAltDelToInit},{name:"loopback",onError:"continue",run:startLoopback},{name:"containerd",onError:"continue",run:beginContainerd},
{name:"supervisor",onError:"continue",run:beginSupervisor},{name:"clock",onError:"continue",run:setClock},{name:"resolv.conf",onError:"continue",run:makeResolvConf},
{name:"drivers",onError:"continue",run:loadDrivers},{name:"network",onError:"continue",run:setUpNetwork},{name:"hostname",onError:"continue",run:setHostname},{name:"\
layers",onError:"continue",run:mountLayers},{name:"volumes",onError:"continue",run:mountVolumes},{name:"onboot",onError:"continue",run:runOnboot},{name:"service\
s",onError:"continue",run:allowServices}];function setLimits(init2){return[hardenForProduction(init2),raiseLimits(init2)].filter(Boolean).join(", ")||void 0}function beginContainerd(init2){
return init2.daemons.containerd=startContainerd(init2),init2.daemons.containerd?"starting":"not in the image"}function beginSupervisor(init2){return init2.daemons.
supervisor=startSupervisor(init2,message=>handleMessage(message,init2)),init2.daemons.supervisor?"starting":"not in the image"}function handleMessage(message,init2){
message.kind==="end"&&init2.requests.request(message),message.kind==="settled"&&(logReady(message.failed,init2),init2.servicesSettled.resolve())}async function runOnboot(init2){
let{summary,request:request2}=await runTasks("onboot",init2);return request2&&init2.requests.request(request2),setHostnameFromMetadata(init2),summary}function allowServices({
daemons,servicesSettled}){return daemons.supervisor?.go(),daemons.supervisor?"may start":(servicesSettled.resolve(),"no supervisor in the image")}init_errors();init_errors();async function runSteps(steps2,context,cancel=context.ending){let times=[];for(let step of steps2){if(cancel.aborted)break;let startMs=context.system.
uptimeMs();await runStep(step,context,startMs),times.push({phase:step.name,startMs,endMs:context.system.uptimeMs()})}return times}async function runStep(step,context,startMs){
let{system,console}=context;try{let remark=await step.run(context),tookMs=Math.round(system.uptimeMs()-startMs);console.log(`${step.name} ${tookMs} ms${remark?`\
: ${remark}`:""}`)}catch(thrown){if(step.onError==="stop")throw new KitError(`Cannot boot: ${step.name} failed: ${reasonOf(thrown)}`,{cause:thrown});console.log(
`${step.name} failed: ${reasonOf(thrown)}; continuing without it`)}}init_errors();function unmountDisks({system,console}){if(system.sync(),!system.ownsMachine())return"skipped in a container";let disks=system.listMounts().filter(
holdsData).reverse();for(let{target}of disks)try{system.unmountNow(target)}catch(busy){try{system.remountReadOnly(target)}catch{console.log(`Cannot unmount "${target}\
": ${reasonOf(busy)}`)}}return disks.map(({target})=>target).join(", ")||void 0}var remoteTypes=["nfs","nfs4","cifs","9p","virtiofs","ceph"],readOnlyTypes=["squ\
ashfs","erofs","iso9660","udf"];function holdsData({type,source,target}){return target==="/"||readOnlyTypes.includes(type)?!1:source.startsWith("/dev/")&&!source.
startsWith("/dev/loop")||type==="overlay"||remoteTypes.includes(type)||type.startsWith("fuse.")}var wait={afterTerm:3e3,afterKill:2e3,poll:50,eachService:1e4,firstMessage:15e3},steps=[{name:"stop services",onError:"continue",run:stopServices},{name:"onshut\
down",onError:"continue",run:runOnshutdown},{name:"stop the rest",onError:"continue",run:stopRest},{name:"unmount",onError:"continue",run:unmountDisks}];async function endMachine({
ending,by},init2){let{console,system,requests}=init2;console.log(`${ending}, requested by ${by}`);let shutdown={...init2,ending:requests.skipWaiting,finalEnding:ending,
termMs:wait.afterTerm};await runSteps(steps,shutdown,new AbortController().signal),system.sync(),console.log(`${shutdown.finalEnding} now, after ${(system.uptimeMs()/
1e3).toFixed(1)} s`),system.reboot(shutdown.finalEnding)}async function stopServices(shutdown){let{daemons,requests,system}=shutdown,timeouts=new Map(system.readBundles(
"services").map(({name,runtime})=>[name,runtime.kit.stopTimeoutMs])),limitMs=service=>service===void 0?wait.firstMessage:(timeouts.get(service)??0)+wait.eachService,
stopped=daemons.supervisor?.stop(limitMs),skipped=aborted(requests.skipWaiting).then(()=>"a second request cut it short"),reason2=await Promise.race([stopped,skipped]);
if(reason2!==void 0)throw requests.skipWaiting.aborted||(shutdown.termMs=Math.max(wait.afterTerm,...timeouts.values())),new KitError(reason2)}function aborted(signal){
return new Promise(resolve2=>{signal.aborted&&resolve2(),signal.addEventListener("abort",()=>resolve2(),{once:!0})})}async function runOnshutdown(shutdown){let{
summary,request:request2}=await runTasks("onshutdown",shutdown);return shutdown.finalEnding=request2?.ending??shutdown.finalEnding,summary}async function stopRest({
system,daemons,termMs}){if(daemons.supervisor?.stopRestarting(),daemons.containerd?.stopRestarting(),system.signalAll("SIGTERM"),system.signalAll("SIGCONT"),await noneLeft(
system,termMs))return;let killed=processNames(system);if(system.signalAll("SIGKILL"),await noneLeft(system,wait.afterKill))return`${killed} killed`;throw new KitError(
`SIGKILL does not end ${processNames(system)}`)}async function noneLeft(system,limitMs){let until=system.uptimeMs()+limitMs;for(;system.otherProcesses().length>
0;){if(system.uptimeMs()>=until)return!1;await setTimeout2(wait.poll)}return!0}var maxNames=8;function processNames({otherProcesses,files}){let names2=otherProcesses().
map(pid=>files.read(`/proc/${pid}/comm`)?.trim()??`process ${pid}`),counted=[...Map.groupBy(names2,name=>name)].map(([name,{length}])=>length===1?name:`${length}\
 ${name}`);return[...counted.slice(0,maxNames),...counted.length>maxNames?["and others"]:[]].join(", ")}init_node_fs();function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}init_node_fs();init_errors();var logLimits={total:16777216,source:1048576,segment:131072,line:16384};var newline=10,none=Buffer.alloc(0),cutMark=" [cut]",cutEnd=Buffer.from(`${cutMark}
`),LineSplitter=class{#limit;#held=none;#heldBytes=0;#skipping=!1;constructor(limit=logLimits.line){this.#limit=limit}push(chunk){let pieces=[],count=0,whole=0,
line=0;for(let at=nextNewline(chunk,0);at!==-1;at=nextNewline(chunk,line)){let tooLong=this.#heldBytes+at-line>this.#limit;(this.#skipping||tooLong||this.#heldBytes>
0)&&(add(pieces,chunk.subarray(whole,line)),whole=at+1,this.#skipping?count-=1:tooLong?pieces.push(...this.#cut(chunk.subarray(line,at))):pieces.push(this.#take(),
chunk.subarray(line,at+1)),this.#skipping=!1),count+=1,line=at+1}add(pieces,chunk.subarray(whole,line));let rest=chunk.subarray(line);return!this.#skipping&&this.#heldBytes+
rest.length>this.#limit?(pieces.push(...this.#cut(rest)),count+=1,this.#skipping=!0):this.#skipping||this.#hold(rest),{pieces,count}}end(){return this.#skipping=
!1,this.#heldBytes===0?{pieces:[],count:0}:{pieces:[this.#take(),cutEnd.subarray(-1)],count:1}}#hold(rest){let bytes=this.#heldBytes+rest.length;if(bytes>this.#held.
length){let larger=Buffer.allocUnsafeSlow(Math.min(this.#limit,Math.max(256,2*bytes)));this.#held.copy(larger,0,0,this.#heldBytes),this.#held=larger}rest.copy(this.#held,
this.#heldBytes),this.#heldBytes=bytes}#take(){let held=this.#held.subarray(0,this.#heldBytes);return this.#held=none,this.#heldBytes=0,held}#cut(more){let start3=Buffer.
concat([this.#take(),more],this.#limit);return[start3.subarray(0,lastWholeCharacter(start3)),cutEnd]}};function nextNewline(chunk,from){let near=Math.min(from+16,
chunk.length);for(let at=from;at<near;at+=1)if(chunk[at]===newline)return at;return near<chunk.length?chunk.indexOf(newline,near):-1}function add(pieces,piece){
piece.length>0&&pieces.push(piece)}function lastWholeCharacter(bytes){let end=bytes.length;for(;end>bytes.length-4&&end>0&&((bytes[end-1]??0)&192)===128;)end-=1;
return end>0&&(bytes[end-1]??0)>=192?end-1:bytes.length}var chunkBytes=65536,LogWriter=class{source;folder;pid=0;#next;#fd=-1;#size=0;constructor(folder,source){this.folder=folder,this.source=source}get next(){return this.#next??=
this.folder.nextNumber(this.source),this.#next}write(stream,messages){let bytes=Buffer.from(messages.map(one=>`${one}
`).join("")),sink=this.sink(stream);for(let at=0;at<bytes.length;at+=chunkBytes)sink.push(bytes.subarray(at,at+chunkBytes))}append(stream,{pieces,count}){if(count===
0)return;let bytes=sizeOf(pieces),pid=stream==="kit"?0:this.pid,head=formatHead({n:this.next,t:Date.now(),stream,pid,lines:count,bytes});this.#put([Buffer.from(
head),...pieces],this.next+count)}appendDated(lines){let last=lines.at(-1);if(!last)return;let texts=lines.map(({n,t,stream,text:text2})=>`${formatHead({n,t,stream,
pid:0,lines:1,bytes:Buffer.byteLength(text2)+1})}${text2}
`);this.#put([Buffer.from(texts.join(""))],last.n+1)}sink(stream,onLines=()=>{}){let splitter=new LineSplitter,take=lines=>{this.append(stream,lines),onLines(lines)};
return{push:chunk=>take(splitter.push(chunk)),end:()=>take(splitter.end())}}close(){this.#fd!==-1&&closeSync(this.#fd),this.#fd=-1}#put(parts,next){let bytes=sizeOf(
parts);try{(this.#fd===-1||this.#size+bytes>this.folder.limits.segment)&&this.#begin(),this.folder.grow(this.source,bytes);let written=writevSync(this.#fd,parts);
this.#size+=written,written<bytes&&this.close()}catch{this.close()}this.#next=next}#begin(){this.close(),this.#size=0;try{this.#fd=this.folder.begin(this.source,
this.next)}catch(thrown){if(codeOf(thrown)!=="EEXIST")throw thrown;this.#fd=this.folder.begin(this.source,this.next+1)}}},sizeOf=parts=>parts.reduce((sum2,{length})=>sum2+
length,0);init_node_fs();init_node_fs();var newline2=10,readBytes=16384;function*blockHeads(path){let fd=openIfThere(path);if(fd===void 0)return;let file=new BlockFile(fd);try{for(let block=file.next();block;block=
file.next())yield block.head}finally{file.close()}}var BlockFile=class{#fd;#rest=Buffer.alloc(0);constructor(fd){this.#fd=fd}next(){let end=this.#find(blockLimits.
head,rest=>rest.indexOf(newline2)+1);if(end===0||end>blockLimits.head)return;let head=parseHead(this.#rest.toString("utf8",0,end-1));if(!head)return;let whole=end+
head.bytes;if(this.#find(whole,rest=>rest.length>=whole?whole:0)===0)return;let body=this.#rest.subarray(end,whole);return this.#rest=this.#rest.subarray(whole),
{head,body}}close(){closeSync(this.#fd),this.#rest=Buffer.alloc(0)}#find(most,find){for(;;){let found=find(this.#rest);if(found>0||this.#rest.length>=most)return found;
let more=Buffer.allocUnsafe(Math.max(readBytes,most-this.#rest.length)),got=readSync(this.#fd,more);if(got===0)return 0;this.#rest=this.#rest.length===0?more.subarray(
0,got):Buffer.concat([this.#rest,more.subarray(0,got)])}}};function openIfThere(path){try{return openSync(path,"r")}catch{return}}init_node_fs();function segmentFile(folder,source,first){return join(folder,`${source}.${String(first).padStart(12,"0")}.log`)}var pattern=/^(.+)\.(\d{12})\.log$/s;function listSegments(folder){
let segments=new Map;for(let name of namesIn(folder).sort()){let[,source,first]=pattern.exec(name)??[];if(source===void 0)continue;let known=segments.get(source);
known?known.push(Number(first)):segments.set(source,[Number(first)])}return segments}function namesIn(folder){try{return readdirSync(folder)}catch{return[]}}var refreshMs=1e3,LogFolder=class{path;limits;#sources=new Map;#bytes=0;#refreshedAt=Number.NEGATIVE_INFINITY;constructor(path,limits=logLimits){this.path=path,
this.limits=limits}nextNumber(source){let first=listSegments(this.path).get(source)?.at(-1);if(first===void 0)return 1;let next=first;for(let{n,lines}of blockHeads(
segmentFile(this.path,source,first)))next=n+lines;return next}begin(source,first){this.#refresh(),mkdirSync(this.path,{recursive:!0});let fd=openSync(segmentFile(
this.path,source,first),"ax",416);return this.#segments(source).push({first,bytes:0}),fd}grow(source,bytes){let own2=this.#segments(source),newest=own2.at(-1);for(newest&&
(newest.bytes+=bytes),this.#bytes+=bytes;own2.length>1&&sum(own2)>this.limits.source;)this.#deleteOldest(source);for(;this.#bytes>this.limits.total;){let largest=this.#largest(
source);if(largest===void 0)return;this.#deleteOldest(largest)}}#segments(source){let known=this.#sources.get(source)??[];return this.#sources.set(source,known),
known}#largest(source){let rows=[...this.#sources].filter(([,segments])=>segments.length>1),most=Math.max(...rows.map(([,segments])=>sum(segments))),largest=rows.
filter(([,segments])=>sum(segments)===most).map(([name])=>name);return largest.includes(source)?source:largest[0]}#deleteOldest(source){let deleted=this.#segments(
source).shift();deleted&&(this.#bytes-=deleted.bytes,rmSync(segmentFile(this.path,source,deleted.first),{force:!0}))}#refresh(){let now=performance.now();if(now-
this.#refreshedAt<refreshMs)return;this.#refreshedAt=now;let sized=[...listSegments(this.path)].map(([source,firsts])=>{let segments=firsts.map(first=>({first,bytes:sizeOf2(
segmentFile(this.path,source,first))}));return[source,segments]});this.#sources=new Map(sized),this.#bytes=sum(sized.flatMap(([,segments])=>segments))}},sum=segments=>segments.
reduce((all11,{bytes})=>all11+bytes,0),sizeOf2=path=>statSync(path,{throwIfNoEntry:!1})?.size??0;var machineLogs=new LogFolder(guestPaths.logs);function openConsole(logs=machineLogs){let log=new LogWriter(logs,"init");return{log(text2){log.write("kit",text2.split(`
`)),printSafely(`kit: ${text2}`)},print:printSafely}}function printSafely(line){printLine(line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g,""))}init_node_fs();init_node_os();init_node_fs();init_ffi();function parseMountOptions(words){let flags=0,data=[],propagation=[];for(let word of words){let[set,clear,spread]=[lookUp(setFlags,word),lookUp(clearFlags,word),
lookUp(propagations,word)];set!==void 0?flags|=set:clear!==void 0?flags&=~clear:spread!==void 0?propagation.push(spread):data.push(word)}return{flags,data:data.
join(","),propagation}}function lookUp(table,word){return Object.hasOwn(table,word)?table[word]:void 0}var MS={RDONLY:1,NOSUID:2,NODEV:4,NOEXEC:8,SYNCHRONOUS:16,
REMOUNT:32,MANDLOCK:64,DIRSYNC:128,NOSYMFOLLOW:256,NOATIME:1024,NODIRATIME:2048,BIND:4096,MOVE:8192,REC:16384,SILENT:32768,UNBINDABLE:1<<17,PRIVATE:1<<18,SLAVE:1<<
19,SHARED:1<<20,RELATIME:1<<21,STRICTATIME:1<<24,LAZYTIME:1<<25},setFlags={ro:MS.RDONLY,nosuid:MS.NOSUID,nodev:MS.NODEV,noexec:MS.NOEXEC,sync:MS.SYNCHRONOUS,remount:MS.
REMOUNT,mand:MS.MANDLOCK,dirsync:MS.DIRSYNC,nosymfollow:MS.NOSYMFOLLOW,noatime:MS.NOATIME,nodiratime:MS.NODIRATIME,bind:MS.BIND,rbind:MS.BIND|MS.REC,move:MS.MOVE,
silent:MS.SILENT,relatime:MS.RELATIME,strictatime:MS.STRICTATIME,lazytime:MS.LAZYTIME},clearFlags={rw:MS.RDONLY,suid:MS.NOSUID,dev:MS.NODEV,exec:MS.NOEXEC,async:MS.
SYNCHRONOUS,nomand:MS.MANDLOCK,symfollow:MS.NOSYMFOLLOW,atime:MS.NOATIME,diratime:MS.NODIRATIME,loud:MS.SILENT,norelatime:MS.RELATIME,nostrictatime:MS.STRICTATIME,
nolazytime:MS.LAZYTIME,defaults:0},propagations={private:MS.PRIVATE,rprivate:MS.PRIVATE|MS.REC,shared:MS.SHARED,rshared:MS.SHARED|MS.REC,slave:MS.SLAVE,rslave:MS.
SLAVE|MS.REC,unbindable:MS.UNBINDABLE,runbindable:MS.UNBINDABLE|MS.REC};var libc2=bindFunctions({mount:{arguments:["string","string","string","uint64","pointer"],return:"int32"},umount2:{arguments:["string","int32"],return:"int32"}}),
MNT_DETACH=2,maxDataBytes=4095;function mount(source,target,type,options=[]){let{flags,data,propagation}=parseMountOptions(options),dataBytes=Buffer.byteLength(
data);if(dataBytes>maxDataBytes)throw new RangeError(`Cannot mount "${target}": its options are ${dataBytes} bytes, the kernel takes ${maxDataBytes}`);options.length>
0&&flags===0&&data===""&&propagation.length>0&&type===""||call(source,target,type,flags,data);let restrictions=flags&~(MS.BIND|MS.REC|MS.SILENT);flags&MS.BIND&&
restrictions!==0&&!(flags&MS.REMOUNT)&&call("none",target,"",MS.REMOUNT|MS.BIND|restrictions,"");for(let bits of propagation)call("none",target,"",bits,"")}function call(source,target,type,flags,data){
check("mount",libc2.mount(source,target,type,BigInt(flags),data===""?null:data),target)}function unmount(target,{lazy=!1}={}){check("umount2",libc2.umount2(target,lazy?MNT_DETACH:0),target)}function remountReadOnly(target){call("none",target,"",MS.
REMOUNT|MS.RDONLY,"")}init_node_fs();function listMounts(){return parseMountInfo(readMountInfo())}function isMounted(target,text2=readMountInfo()){return(/[\s\\]/.test(target)||text2.
includes(` ${target} `))&&parseMountInfo(text2).some(mounted=>mounted.target===target)}var readMountInfo=()=>readFileSync("/proc/self/mountinfo","utf8");function parseMountInfo(text2){
return text2.split(`
`).flatMap(line=>{let[before="",after]=line.split(" - ",2),[id,parent,,,target,options]=before.split(" "),[type,source]=after?.split(" ")??[];return!target||options===
void 0||!type||source===void 0?[]:[{id:Number(id),parent:Number(parent),target:unescapeOctal(target),options:options.split(","),type,source:unescapeOctal(source)}]})}
function unescapeOctal(text2){return text2.replace(/\\([0-7]{3})/g,(_all,octal)=>String.fromCharCode(Number.parseInt(octal,8)))}init_node_fs();init_ffi();init_ffi();var libc3=bindFunctions({socket:{arguments:["int32","int32","int32"],return:"int32"},bind:{arguments:["int32","buffer","uint32"],return:"int32"},sendto:{
arguments:["int32","buffer","uint64","int32","buffer","uint32"],return:"int64"},recv:{arguments:["int32","buffer","uint64","int32"],return:"int64"},setsockopt:{
arguments:["int32","int32","int32","buffer","uint32"],return:"int32"}}),AF_NETLINK=16;var SOCK_RAW=3,SOCK_NONBLOCK=2048,SOCK_CLOEXEC=524288,MSG_DONTWAIT=64;function openSocket(family,type,protocol){return check("socket",libc3.socket(family,type|SOCK_NONBLOCK|SOCK_CLOEXEC,protocol))}function bindSocket(fd,address){check(
"bind",libc3.bind(fd,address,address.length))}function sendTo(fd,bytes,address,subject){check("sendto",libc3.sendto(fd,bytes,BigInt(bytes.length),0,address,address.
length),subject)}function receive(fd,buffer){try{let length=check("recv",libc3.recv(fd,buffer,BigInt(buffer.length),MSG_DONTWAIT));return buffer.subarray(0,Number(
length))}catch(error){if(error instanceof SyscallError&&error.code==="EAGAIN")return;throw error}}function encodeNetlinkMessage({type,flags,sequence,body}){let message=Buffer.alloc(align(16+body.length));return message.writeUInt32LE(16+body.length,0),message.
writeUInt16LE(type,4),message.writeUInt16LE(flags,6),message.writeUInt32LE(sequence,8),body.copy(message,16),message}function decodeNetlinkMessages(datagram){let messages=[];
for(let at=0;at+16<=datagram.length;){let length=datagram.readUInt32LE(at);checkLength(length,16,datagram.length-at),messages.push({type:datagram.readUInt16LE(at+
4),flags:datagram.readUInt16LE(at+6),sequence:datagram.readUInt32LE(at+8),body:datagram.subarray(at+16,at+length)}),at+=align(length)}return messages}function encodeAttributes(attributes){
return Buffer.concat(attributes.map(encodeAttribute))}function encodeAttribute({type,value}){let length=4+value.length,bytes=Buffer.alloc(align(length));return bytes.
writeUInt16LE(length,0),bytes.writeUInt16LE(type,2),value.copy(bytes,4),bytes}function decodeAttributes(bytes){let attributes=new Map;for(let at=0;at+4<=bytes.length;){
let length=bytes.readUInt16LE(at);checkLength(length,4,bytes.length-at);let type=bytes.readUInt16LE(at+2)&16383;attributes.set(type,bytes.subarray(at+4,at+length)),
at+=align(length)}return attributes}function u32Bytes(value){let bytes=Buffer.alloc(4);return bytes.writeUInt32LE(value),bytes}function readU32(value){return value?.
length===4?value.readUInt32LE():void 0}function align(length){return length+3&-4}function checkLength(length,least,most){if(length<least||length>most)throw new RangeError(
`Cannot read netlink message: length ${length} where ${least} to ${most} fit`)}var NETLINK_ROUTE=0,NLMSG_ERROR=2,NLMSG_DONE=3,NLM_F_REQUEST=1,NLM_F_ACK=4,NLM_F_DUMP=768,bufferSize=64*1024,maximalDatagrams=1024,RTM={newLink:16,delLink:17,getLink:18,
newAddress:20,delAddress:21,getAddress:22,newRoute:24,delRoute:25,getRoute:26},NLM={replace:256,create:1024};function requestRoute(request2,doing){let fd=openNetlink(
0);try{let isDump=[RTM.getLink,RTM.getAddress,RTM.getRoute].some(type=>type===request2.type),flags=NLM_F_REQUEST|(isDump?NLM_F_DUMP:NLM_F_ACK)|(request2.flags??
0),message=encodeNetlinkMessage({type:request2.type,flags,sequence:1,body:request2.body});return sendTo(fd,message,socketAddress(0),doing),readAnswer(fd,doing)}finally{
closeSync(fd)}}function openNetlink(groups){let fd=openSocket(AF_NETLINK,SOCK_RAW,NETLINK_ROUTE);try{return bindSocket(fd,socketAddress(groups)),fd}catch(error){
throw closeSync(fd),error}}function socketAddress(groups){let address=Buffer.alloc(12);return address.writeUInt16LE(AF_NETLINK,0),address.writeUInt32LE(groups,8),
address}function readAnswer(fd,doing){let answers=[];for(let datagrams=0;datagrams<maximalDatagrams;datagrams++){let datagram=receive(fd,Buffer.alloc(bufferSize));
if(datagram===void 0)break;for(let message of decodeNetlinkMessages(datagram)){if(message.type===NLMSG_DONE)return answers;if(message.type===NLMSG_ERROR)return throwIfRefused(
message.body,doing),answers;answers.push(message)}}throw new Error(`Cannot ${doing}: the kernel's answer does not end`)}function throwIfRefused(body,doing){let errno=-body.
readInt32LE(0);if(errno!==0)throw new SyscallError("netlink",errno,doing)}var NLM_F_EXCL=512,IFLA={name:3,link:5,linkInfo:18,netNsPid:19,infoKind:1,infoData:2,vethPeer:1,vlanId:1},header=Buffer.alloc(16);function createLink({name,kind,
peer,inNamespaceOf}){let info=[{type:IFLA.infoKind,value:Buffer.from(kind)}];peer&&info.push({type:IFLA.infoData,value:encodeAttributes([peerNamed(peer)])});let attributes=[
named(name),{type:IFLA.linkInfo,value:encodeAttributes(info)}],flags=NLM.create|NLM_F_EXCL;request([...attributes,...namespaceOf(inNamespaceOf)],`create ${kind}\
 interface ${name}`,flags)}function createVlan({name,id,link}){let number=Buffer.alloc(2);number.writeUInt16LE(id);let info=encodeAttributes([{type:IFLA.infoKind,
value:Buffer.from("vlan")},{type:IFLA.infoData,value:encodeAttributes([{type:IFLA.vlanId,value:number}])}]),attributes=[named(name),{type:IFLA.link,value:u32Bytes(
link)},{type:IFLA.linkInfo,value:info}];request(attributes,`create VLAN ${id} as interface ${name}`,NLM.create|NLM_F_EXCL)}function moveLink(name,pid){request([
named(name),...namespaceOf(pid)],`move interface ${name} to process ${pid}`)}function request(attributes,doing,flags=0){let body=Buffer.concat([header,encodeAttributes(
attributes)]);requestRoute({type:RTM.newLink,flags,body},doing)}function named(name){return{type:IFLA.name,value:Buffer.from(`${name}\0`)}}function peerNamed(name){
return{type:IFLA.vethPeer,value:Buffer.concat([header,encodeAttributes([named(name)])])}}function namespaceOf(pid){return pid===void 0?[]:[{type:IFLA.netNsPid,value:u32Bytes(
pid)}]}var bundleKernel={mount,unmount:target=>unmount(target,{lazy:!0}),isMounted:target=>isMounted(target),makeFolder:path=>{mkdirSync(path,{recursive:!0,mode:493})},
makeFile(path){mkdirSync(dirname(path),{recursive:!0,mode:493}),closeSync(openSync(path,"a",420))},isFile:path=>statSync(path,{throwIfNoEntry:!1})?.isDirectory()===
!1,makeCgroup,createLink,moveLink};init_node_fs();init_errors();function readBundles(section,containers=guestPaths.containers){return folderNames(join(containers,section)).map(folder=>{let dir=join(containers,section,folder);
return{name:bundleName(section,folder),section,dir,runtime:readRuntime(dir)}})}function folderNames(folder){try{return readdirSync(folder).sort()}catch(thrown){
if(codeOf(thrown)==="ENOENT")return[];throw thrown}}function bundleName(section,folder){return section==="services"?folder:folder.replace(/^\d+-/,"")}function readRuntime(dir){
let path=join(dir,"runtime.json");try{let runtime=JSON.parse(readFileSync(path,"utf8"));return{...runtime,namespace:runtime.namespace||defaultNamespace}}catch(thrown){
throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`,{cause:thrown})}}init_node_fs();init_ffi();init_ffi();var libc4=bindFunctions({ioctl:{arguments:["int32","uint64","pointer"],return:"int32"}});function ioctl(name,fd,request2,argument,subject){return check(
`ioctl ${name}`,libc4.ioctl(fd,BigInt(request2),argument),subject)}var LOOP_CTL_GET_FREE=19586,LOOP_CONFIGURE=19466,LO_FLAGS_READ_ONLY=1,LO_FLAGS_AUTOCLEAR=4,attempts=16;function mountImage(file,target,type,options=[]){let loop=attachLoop(
file);try{mount(loop.device,target,type,["ro",...options])}finally{loop.close()}}function attachLoop(file){let backing=openSync(file,"r");try{let control=openSync(
"/dev/loop-control","r+");try{return configureFree(control,backing,file)}finally{closeSync(control)}}finally{closeSync(backing)}}function configureFree(control,backing,file){
for(let attempt=1;;attempt+=1){let device=`/dev/loop${ioctl("LOOP_CTL_GET_FREE",control,LOOP_CTL_GET_FREE,null)}`,fd=openSync(device,"r");try{return ioctl("LOOP\
_CONFIGURE",fd,LOOP_CONFIGURE,loopConfig(backing,file),file),{device,close:()=>closeSync(fd)}}catch(thrown){if(closeSync(fd),!(thrown instanceof SyscallError&&thrown.
code==="EBUSY")||attempt===attempts)throw thrown}}}function loopConfig(backing,file){let config=Buffer.alloc(304);return config.writeUInt32LE(backing,0),config.
writeUInt32LE(4096,4),config.writeUInt32LE(LO_FLAGS_READ_ONLY|LO_FLAGS_AUTOCLEAR,60),config.write(file.slice(-63),64,63,"utf8"),config}init_ffi();var all9=process.getBuiltinModule("node:net");var isIP=all9.isIP;function ipv4Bytes(text2){let bytes=/^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text2)?.slice(1).map(Number)??[];if(bytes.length!==4||bytes.some(byte=>byte>
255))throw new RangeError(`Cannot read IPv4 address "${text2}": want four numbers of 0 to 255`);return Buffer.from(bytes)}function ipv4Text(bytes,offset=0){if(bytes.
length<offset+4)throw new RangeError("Cannot read IPv4 address: fewer than four bytes");return bytes.subarray(offset,offset+4).join(".")}function broadcastOf(address,prefix){return fromBits((ipv4Bytes(address).readUInt32BE()|~maskBits(prefix))>>>0)}function maskBits(prefix){return prefix===0?0:4294967295<<32-prefix>>>0}function fromBits(bits){let bytes=Buffer.alloc(4);return bytes.writeUInt32BE(bits),ipv4Text(
bytes)}var AF_INET=2,AF_INET6=10;function ipAddress(text2){let version=text2.includes("%")?0:isIP(text2);if(version===4)return{family:AF_INET,bytes:ipv4Bytes(text2)};if(version===
6)return{family:AF_INET6,bytes:ipv6Bytes(text2)};throw new RangeError(`Cannot read address "${text2}": want one like 10.0.2.15 or fd00::15`)}function ipv6Bytes(text2){
let[head="",tail]=text2.split("::"),left=groupsOf(head),right=tail===void 0?[]:groupsOf(tail),zeros=Array(8-left.length-right.length).fill(0),bytes=Buffer.alloc(
16);for(let[at,group]of[...left,...zeros,...right].entries())bytes.writeUInt16BE(group,at*2);return bytes}function groupsOf(part){return part===""?[]:part.split(
":").flatMap(group=>{if(!group.includes("."))return[Number.parseInt(group,16)];let four=ipv4Bytes(group);return[four.readUInt16BE(0),four.readUInt16BE(2)]})}function ipAttribute(type,address){return{type,value:ipAddress(address).bytes}}var IFA={address:1,local:2,broadcast:4,cacheInfo:6,protocol:11},IFA_F_NODAD=2,headerSize=8,forever=4294967295;function encodeAddress({index,address,prefix,protocol,validSeconds}){let{family}=ipAddress(address),header2=encodeHeader({family,prefix,flags:family===AF_INET?0:
IFA_F_NODAD,index}),attributes=[ipAttribute(IFA.address,address),ipAttribute(IFA.local,address)];return family===AF_INET&&prefix<31&&attributes.push(ipAttribute(
IFA.broadcast,broadcastOf(address,prefix))),validSeconds!==void 0&&attributes.push({type:IFA.cacheInfo,value:cacheInfo(validSeconds)}),protocol!==void 0&&attributes.
push({type:IFA.protocol,value:Buffer.of(protocol)}),Buffer.concat([header2,encodeAttributes(attributes)])}function encodeHeader({family,prefix,flags,index}){let header2=Buffer.
alloc(headerSize);return header2.set([family,prefix,flags]),header2.writeUInt32LE(index,4),header2}function cacheInfo(validSeconds){let seconds=Math.min(forever,
Math.max(1,Math.round(validSeconds)));return Buffer.concat([u32Bytes(seconds),u32Bytes(seconds),u32Bytes(0),u32Bytes(0)])}var IFF_UP=1,IFF_LOOPBACK=8,IFF_LOWER_UP=65536,IFLA2={address:1,name:3,mtu:4,master:10,linkInfo:18,alias:20,carrierChanges:35,infoKind:1},headerSize2=16;function encodeLinkQuery(){
return encodeHeader2({index:0,flags:0,change:0})}function encodeLinkChange({index,up,mtu,alias}){let attributes=[...mtu===void 0?[]:[{type:IFLA2.mtu,value:u32Bytes(
mtu)}],...alias===void 0?[]:[{type:IFLA2.alias,value:Buffer.from(`${alias}\0`)}]],header2=encodeHeader2({index,flags:up?IFF_UP:0,change:up===void 0?0:IFF_UP});return Buffer.
concat([header2,encodeAttributes(attributes)])}function encodeHeader2({index,flags,change}){let header2=Buffer.alloc(headerSize2);return header2.writeInt32LE(index,
4),header2.writeUInt32LE(flags,8),header2.writeUInt32LE(change,12),header2}function decodeLink(body){if(body.length<headerSize2)throw new RangeError("Cannot rea\
d link message: shorter than its header");let attributes=decodeAttributes(body.subarray(headerSize2)),flags=body.readUInt32LE(8);return{index:body.readInt32LE(4),
name:text(attributes.get(IFLA2.name)),mac:attributes.get(IFLA2.address)?.toString("hex").match(/../g)?.join(":")??"",type:body.readUInt16LE(2),up:(flags&IFF_UP)!==
0,loopback:(flags&IFF_LOOPBACK)!==0,carrier:(flags&IFF_LOWER_UP)!==0,carrierChanges:readU32(attributes.get(IFLA2.carrierChanges))??0,mtu:readU32(attributes.get(
IFLA2.mtu))??0,kind:kindOf(attributes.get(IFLA2.linkInfo)),master:readU32(attributes.get(IFLA2.master))??0,alias:text(attributes.get(IFLA2.alias))}}function kindOf(linkInfo){
return linkInfo===void 0?"":text(decodeAttributes(linkInfo).get(IFLA2.infoKind))}function text(value){return value?.toString("utf8").replace(/\0.*$/s,"")??""}var RTPROT_STATIC=4;var RTA={destination:1,interface:4,gateway:5,metric:6},RT_TABLE_MAIN=254,RT_SCOPE_UNIVERSE=0,RT_SCOPE_LINK=253,RTN_UNICAST=1,RTNH_F_ONLINK=4,headerSize3=12;function encodeRoute({index,destination,prefix,gateway,metric,protocol}){let{family}=ipAddress(destination),header2=Buffer.alloc(headerSize3),scope=gateway===void 0&&
family===AF_INET?RT_SCOPE_LINK:RT_SCOPE_UNIVERSE;header2.set([family,prefix,0,0,RT_TABLE_MAIN,protocol,scope,RTN_UNICAST]),header2.writeUInt32LE(gateway===void 0?
0:RTNH_F_ONLINK,8);let attributes=[{type:RTA.interface,value:u32Bytes(index)},{type:RTA.metric,value:u32Bytes(metric)}];return prefix>0&&attributes.push(ipAttribute(
RTA.destination,destination)),gateway!==void 0&&attributes.push(ipAttribute(RTA.gateway,gateway)),Buffer.concat([header2,encodeAttributes(attributes)])}function listLinks(){return requestRoute({type:RTM.getLink,body:encodeLinkQuery()},"list interfaces").map(({body})=>decodeLink(body))}function changeLink(index,change){
let body=encodeLinkChange({index,...change});requestRoute({type:RTM.newLink,body},`change interface ${index}`)}function setAddress(address){let body=encodeAddress(address),flags=NLM.create|NLM.replace;requestRoute({type:RTM.newAddress,flags,body},`set address ${address.address}\
/${address.prefix}`)}function setRoute(route){let flags=NLM.create|NLM.replace;requestRoute({type:RTM.newRoute,flags,body:encodeRoute(route)},`set route ${routeText(route)}`)}function routeText({destination,prefix}){return prefix===0?"default":`${destination}/${prefix}`}init_node_fs();init_ffi();var libc5=bindFunctions({waitpid:{arguments:["int32","pointer","int32"],return:"int32"}}),WNOHANG=1;function reapChild(pid){let status=Buffer.
alloc(4);try{return check("waitpid",libc5.waitpid(pid,status,WNOHANG))===0?void 0:parseWaitStatus(status.readInt32LE())}catch(thrown){if(thrown instanceof SyscallError&&
thrown.code==="ECHILD")return;throw thrown}}function parseWaitStatus(word){let signal=word&127;return{signal,status:signal===0?word>>8&255:128+signal}}function childPids(){
return readdirSync("/proc/self/task").flatMap(thread=>{try{return readFileSync(`/proc/self/task/${thread}/children`,"utf8").split(" ").filter(Boolean).map(Number)}catch{
return[]}})}function signalProcess(pid,signal){try{return process.kill(pid,signal),!0}catch{return!1}}init_node_fs();init_ffi();var libc6=bindFunctions({sethostname:{arguments:["pointer","uint64"],return:"int32"},prlimit:{arguments:["int32","int32","pointer","po\
inter"],return:"int32"},clock_gettime:{arguments:["int32","pointer"],return:"int32"},clock_settime:{arguments:["int32","pointer"],return:"int32"}}),CLOCK_REALTIME=0,
CLOCK_BOOTTIME=7,resources={CORE:4,NPROC:6,NOFILE:7},RLIM_INFINITY=2n**64n-1n;function uptimeMs(){let time=Buffer.alloc(16);return check("clock_gettime",libc6.clock_gettime(
CLOCK_BOOTTIME,time)),Number(time.readBigInt64LE(0))*1e3+Number(time.readBigInt64LE(8))/1e6}function setWallClock(timeMs){let time=Buffer.alloc(16);time.writeBigInt64LE(BigInt(Math.floor(timeMs/1e3)),0),time.writeBigInt64LE(BigInt(Math.floor(timeMs%1e3*
1e6)),8),check("clock_settime",libc6.clock_settime(CLOCK_REALTIME,time))}function readHardwareClock(){try{let seconds=Number(readFileSync("/sys/class/rtc/rtc0/s\
ince_epoch","utf8"));return Number.isFinite(seconds)?seconds*1e3:void 0}catch{return}}function setHostname2(name){let bytes=Buffer.from(name);check("sethostname",
libc6.sethostname(bytes,BigInt(bytes.length)),name)}function setLimit(resource,limit){let value=limit==="unlimited"?RLIM_INFINITY:BigInt(limit),pair=Buffer.alloc(
16);pair.writeBigUInt64LE(value,0),pair.writeBigUInt64LE(value,8),check("prlimit",libc6.prlimit(0,resources[resource],pair,null),resource)}init_node_fs();init_ffi();var libc7=bindFunctions({syscall:{arguments:["int64","int64","pointer","int64"],return:"int64"}}),finitModuleNumber={x64:313n,arm64:273n},
MODULE_INIT_COMPRESSED_FILE=4n;function loadModuleFile(path,parameters=""){let number=finitModuleNumber[process.arch];if(number===void 0)throw new RangeError(`C\
annot load "${path}": no system call number for ${process.arch}`);let fd=openSync(path,"r");try{let flags=/\.(xz|gz|zst)$/.test(path)?MODULE_INIT_COMPRESSED_FILE:
0n;return check("finit_module",libc7.syscall(number,BigInt(fd),parameters,flags),path),!0}catch(thrown){if(thrown instanceof SyscallError&&thrown.code==="EEXIST")
return!1;throw thrown}finally{closeSync(fd)}}init_ffi();var libc8=bindFunctions({sync:{arguments:[],return:"void"},reboot:{arguments:["int32"],return:"int32"}}),commands={poweroff:1126301404,reboot:19088743,
halt:-839974621,ctrlAltDelToInit:0};function sync(){libc8.sync()}function rebootSystem(command){check("reboot",libc8.reboot(commands[command]),command)}init_node_fs();var guestFiles={read(path){if(existsSync(path))try{return readFileSync(path,"utf8")}catch{return}},write:(path,text2)=>writeFileSync(path,text2),
replace(path,text2){writeFileSync(`${path}.new`,text2),renameSync(`${path}.new`,path)},list(path){try{return readdirSync(path).sort()}catch{return[]}},has:existsSync,
makeFolder(path,mode){mkdirSync(path,{recursive:!0}),chmodSync(path,mode)},link(path,target){existsSync(path)||symlinkSync(target,path)}};var linuxSystem={...bundleKernel,ownsMachine:()=>readlinkSync("/proc/self/ns/pid")===initialPidNamespace,listMounts,mountImage,unmountNow:target=>unmount(target),
remountReadOnly,loadModule:path=>loadModuleFile(path),canMakeCgroups:()=>canMakeCgroups(),enableControllers,setLimit,readHardwareClock,setWallClock,hostname,setHostname:setHostname2,
macAddress,listLinks,changeLink,createVlan,setAddress,setRoute:route=>setRoute({...route,protocol:RTPROT_STATIC}),uptimeMs:()=>Math.round(uptimeMs()),otherProcesses:()=>guestFiles.
list("/proc").filter(name=>/^\d+$/.test(name)&&Number(name)!==process.pid).filter(pid=>guestFiles.read(`/proc/${pid}/cmdline`)).map(Number),signalAll(signal){process.
pid===1&&signalProcess(-1,signal)},sync,reboot:rebootSystem,readBundles:section=>readBundles(section),startProgram,openLog:source=>new LogWriter(machineLogs,source),
files:guestFiles},initialPidNamespace="pid:[4026531836]",ethernet="1";function macAddress(){return guestFiles.list("/sys/class/net").filter(name=>guestFiles.read(
`/sys/class/net/${name}/type`)?.trim()===ethernet).map(name=>guestFiles.read(`/sys/class/net/${name}/address`)?.trim()).find(address=>address&&address!=="00:00:\
00:00:00:00")}var all10=process.getBuiltinModule("node:diagnostics_channel");var subscribe=all10.subscribe;init_errors();var pollMs2=3e4,Reaper=class{#own=new Set;#waiting=new Map;#scheduled=!1;start(){subscribe("child_process",message=>{let child=message.process;this.#own.add(child),
child.once("exit",()=>this.#forget(child)),child.once("error",()=>{child.pid===void 0&&this.#own.delete(child)})}),process.on("SIGCHLD",()=>this.#schedule()),setInterval(
()=>this.#schedule(),pollMs2),this.#schedule()}waitFor(pid){return childPids().includes(pid)?new Promise(resolve2=>this.#waiting.set(pid,resolve2)):Promise.reject(
new KitError(`Cannot wait for process ${pid}: it is gone`))}#forget(child){this.#own.delete(child),this.#schedule()}#schedule(){this.#scheduled||(this.#scheduled=
!0,setImmediate(()=>{this.#scheduled=!1,this.#reap()}))}#reap(){let own2=new Set([...this.#own].map(({pid})=>pid));for(let pid of childPids()){if(own2.has(pid))
continue;let status=reapChild(pid);status&&this.#waiting.get(pid)?.(status),status&&this.#waiting.delete(pid)}}};function startInit(){let console=openConsole(),requests=new EndRequests;installHandlers(requests,console);let reaper=new Reaper;return reaper.start(),{console,requests,
system:linuxSystem,ending:requests.ending,waitFor:pid=>reaper.waitFor(pid),daemons:{},servicesSettled:Promise.withResolvers()}}async function boot(init2){let{system,
console,requests}=init2;try{let times=[...timesBeforeInit(init2),...await runSteps(bootSteps,init2)];writeTimeline(times,init2),runDeferredWork(init2)}catch(thrown){
console.log(reasonOf(thrown)),system.files.read("/proc/cmdline")?.split(/\s+/).includes("kit.shell")&&await openConsoleShell("kit.shell: starting a shell; the m\
achine powers off when it exits",init2),requests.request({ending:"poweroff",by:"init, which cannot boot"})}}async function runDeferredWork(init2){await Promise.
race([init2.servicesSettled.promise,setTimeout2(3e4)]),await watchPowerButton(init2),releaseMemory()}async function shutDown(init2){try{await endMachine(await init2.
requests.first,init2)}catch(thrown){init2.console.log(reasonOf(thrown)),process.pid!==1&&process.exit(1)}}var init=startInit();shutDown(init);await boot(init);
//# sourceMappingURL=main.mjs.map
