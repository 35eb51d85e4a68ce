const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var __create=Object.create;var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __getProtoOf=Object.getPrototypeOf,__hasOwnProp=Object.prototype.hasOwnProperty;var __require=(x=>typeof require<"u"?require:typeof Proxy<"u"?new Proxy(x,{get:(a,b)=>(typeof require<"u"?require:a)[b]}):x)(function(x){if(typeof require<"u")return require.
apply(this,arguments);throw Error('Dynamic require of "'+x+'" is not supported')});var __commonJS=(cb,mod)=>function(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,e}};var __copyProps=(to,from,except,desc)=>{if(from&&typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&
key!==except&&__defProp(to,key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toESM=(mod,isNodeMode,target)=>(target=mod!=null?__create(__getProtoOf(mod)):{},__copyProps(isNodeMode||!mod||!mod.__esModule?__defProp(target,"default",{
value:mod,enumerable:!0}):target,mod));var require_constants=__commonJS({"node_modules/@grpc/grpc-js/build/src/constants.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH=exports.DEFAULT_MAX_SEND_MESSAGE_LENGTH=exports.Propagate=exports.LogVerbosity=exports.Status=void 0;var Status2;(function(Status3){
Status3[Status3.OK=0]="OK",Status3[Status3.CANCELLED=1]="CANCELLED",Status3[Status3.UNKNOWN=2]="UNKNOWN",Status3[Status3.INVALID_ARGUMENT=3]="INVALID_ARGUMENT",
Status3[Status3.DEADLINE_EXCEEDED=4]="DEADLINE_EXCEEDED",Status3[Status3.NOT_FOUND=5]="NOT_FOUND",Status3[Status3.ALREADY_EXISTS=6]="ALREADY_EXISTS",Status3[Status3.
PERMISSION_DENIED=7]="PERMISSION_DENIED",Status3[Status3.RESOURCE_EXHAUSTED=8]="RESOURCE_EXHAUSTED",Status3[Status3.FAILED_PRECONDITION=9]="FAILED_PRECONDITION",
Status3[Status3.ABORTED=10]="ABORTED",Status3[Status3.OUT_OF_RANGE=11]="OUT_OF_RANGE",Status3[Status3.UNIMPLEMENTED=12]="UNIMPLEMENTED",Status3[Status3.INTERNAL=
13]="INTERNAL",Status3[Status3.UNAVAILABLE=14]="UNAVAILABLE",Status3[Status3.DATA_LOSS=15]="DATA_LOSS",Status3[Status3.UNAUTHENTICATED=16]="UNAUTHENTICATED"})(Status2||
(exports.Status=Status2={}));var LogVerbosity;(function(LogVerbosity2){LogVerbosity2[LogVerbosity2.DEBUG=0]="DEBUG",LogVerbosity2[LogVerbosity2.INFO=1]="INFO",LogVerbosity2[LogVerbosity2.
ERROR=2]="ERROR",LogVerbosity2[LogVerbosity2.NONE=3]="NONE"})(LogVerbosity||(exports.LogVerbosity=LogVerbosity={}));var Propagate;(function(Propagate2){Propagate2[Propagate2.
DEADLINE=1]="DEADLINE",Propagate2[Propagate2.CENSUS_STATS_CONTEXT=2]="CENSUS_STATS_CONTEXT",Propagate2[Propagate2.CENSUS_TRACING_CONTEXT=4]="CENSUS_TRACING_CONT\
EXT",Propagate2[Propagate2.CANCELLATION=8]="CANCELLATION",Propagate2[Propagate2.DEFAULTS=65535]="DEFAULTS"})(Propagate||(exports.Propagate=Propagate={}));exports.
DEFAULT_MAX_SEND_MESSAGE_LENGTH=-1;exports.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH=4*1024*1024}});var require_package=__commonJS({"node_modules/@grpc/grpc-js/package.json"(exports,module){module.exports={name:"@grpc/grpc-js",version:"1.14.7",description:"gRP\
C Library for Node - pure JS implementation",homepage:"https://grpc.io/",repository:"https://github.com/grpc/grpc-node/tree/master/packages/grpc-js",main:"build\
/src/index.js",engines:{node:">=12.10.0"},keywords:[],author:{name:"Google Inc."},types:"build/src/index.d.ts",license:"Apache-2.0",devDependencies:{"@grpc/prot\
o-loader":"file:../proto-loader","@types/gulp":"^4.0.17","@types/gulp-mocha":"0.0.37","@types/lodash":"^4.14.202","@types/mocha":"^10.0.6","@types/ncp":"^2.0.8",
"@types/node":">=20.11.20","@types/pify":"^5.0.4","@types/semver":"^7.5.8","@typescript-eslint/eslint-plugin":"^7.1.0","@typescript-eslint/parser":"^7.1.0","@ty\
pescript-eslint/typescript-estree":"^7.1.0","clang-format":"^1.8.0",eslint:"^8.42.0","eslint-config-prettier":"^8.8.0","eslint-plugin-node":"^11.1.0","eslint-pl\
ugin-prettier":"^4.2.1",execa:"^2.0.3",gulp:"^4.0.2","gulp-mocha":"^6.0.0",lodash:"^4.17.21",madge:"^5.0.1","mocha-jenkins-reporter":"^0.4.1",ncp:"^2.0.0",pify:"\
^4.0.1",prettier:"^2.8.8",rimraf:"^3.0.2",semver:"^7.6.0","ts-node":"^10.9.2",typescript:"^5.3.3"},contributors:[{name:"Google Inc."}],scripts:{build:"npm run c\
ompile",clean:"rimraf ./build",compile:"tsc -p .",format:'clang-format -i -style="{Language: JavaScript, BasedOnStyle: Google, ColumnLimit: 80}" src/*.ts test/*\
.ts',lint:"eslint src/*.ts test/*.ts",prepare:"npm run copy-protos && npm run generate-types && npm run generate-test-types && npm run compile",test:"gulp test",
check:"npm run lint",fix:"eslint --fix src/*.ts test/*.ts",pretest:"npm run generate-types && npm run generate-test-types && npm run compile",posttest:"npm run \
check && madge -c ./build/src","generate-types":"proto-loader-gen-types --keepCase --longs String --enums String --defaults --oneofs --includeComments --include\
Dirs proto/ --include-dirs proto/ proto/xds/ proto/protoc-gen-validate/ -O src/generated/ --grpcLib ../index channelz.proto xds/service/orca/v3/orca.proto","gen\
erate-test-types":"proto-loader-gen-types --keepCase --longs String --enums String --defaults --oneofs --includeComments --include-dirs test/fixtures/ -O test/g\
enerated/ --grpcLib ../../src/index test_service.proto echo_service.proto","copy-protos":"node ./copy-protos"},dependencies:{"@grpc/proto-loader":"^0.8.0","@js-\
sdsl/ordered-map":"^4.4.2"},files:["src/**/*.ts","build/src/**/*.{js,d.ts,js.map}","proto/**/*.proto","proto/**/LICENSE","LICENSE","deps/envoy-api/envoy/api/v2/\
**/*.proto","deps/envoy-api/envoy/config/**/*.proto","deps/envoy-api/envoy/service/**/*.proto","deps/envoy-api/envoy/type/**/*.proto","deps/udpa/udpa/**/*.proto",
"deps/googleapis/google/api/*.proto","deps/googleapis/google/rpc/*.proto","deps/protoc-gen-validate/validate/**/*.proto"]}}});var require_logging=__commonJS({"node_modules/@grpc/grpc-js/build/src/logging.js"(exports){"use strict";var _a,_b,_c,_d;Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.log=exports.setLoggerVerbosity=exports.setLogger=exports.getLogger=void 0;exports.trace=trace;exports.isTracerEnabled=isTracerEnabled;var constants_1=require_constants(),
process_1=__require("process"),clientVersion=require_package().version,DEFAULT_LOGGER={error:(message,...optionalParams)=>{console.error("E "+message,...optionalParams)},
info:(message,...optionalParams)=>{console.error("I "+message,...optionalParams)},debug:(message,...optionalParams)=>{console.error("D "+message,...optionalParams)}},
_logger=DEFAULT_LOGGER,_logVerbosity=constants_1.LogVerbosity.ERROR,verbosityString=(_b=(_a=process.env.GRPC_NODE_VERBOSITY)!==null&&_a!==void 0?_a:process.env.
GRPC_VERBOSITY)!==null&&_b!==void 0?_b:"";switch(verbosityString.toUpperCase()){case"DEBUG":_logVerbosity=constants_1.LogVerbosity.DEBUG;break;case"INFO":_logVerbosity=
constants_1.LogVerbosity.INFO;break;case"ERROR":_logVerbosity=constants_1.LogVerbosity.ERROR;break;case"NONE":_logVerbosity=constants_1.LogVerbosity.NONE;break;default:}
var getLogger=()=>_logger;exports.getLogger=getLogger;var setLogger=logger=>{_logger=logger};exports.setLogger=setLogger;var setLoggerVerbosity=verbosity=>{_logVerbosity=
verbosity};exports.setLoggerVerbosity=setLoggerVerbosity;var log2=(severity,...args)=>{let logFunction;if(severity>=_logVerbosity){switch(severity){case constants_1.
LogVerbosity.DEBUG:logFunction=_logger.debug;break;case constants_1.LogVerbosity.INFO:logFunction=_logger.info;break;case constants_1.LogVerbosity.ERROR:logFunction=
_logger.error;break}logFunction||(logFunction=_logger.error),logFunction&&logFunction.bind(_logger)(...args)}};exports.log=log2;var tracersString=(_d=(_c=process.
env.GRPC_NODE_TRACE)!==null&&_c!==void 0?_c:process.env.GRPC_TRACE)!==null&&_d!==void 0?_d:"",enabledTracers=new Set,disabledTracers=new Set;for(let tracerName of tracersString.
split(","))tracerName.length!==0&&(tracerName.startsWith("-")?disabledTracers.add(tracerName.substring(1)):enabledTracers.add(tracerName));var allEnabled=enabledTracers.
has("all"),anyTracerEnabled=allEnabled||enabledTracers.size>0;function trace(severity,tracer,text){isTracerEnabled(tracer)&&(0,exports.log)(severity,new Date().
toISOString()+" | v"+clientVersion+" "+process_1.pid+" | "+tracer+" | "+text)}function isTracerEnabled(tracer){return anyTracerEnabled?!disabledTracers.has(tracer)&&
(allEnabled||enabledTracers.has(tracer)):!1}}});var require_error=__commonJS({"node_modules/@grpc/grpc-js/build/src/error.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
getErrorMessage=getErrorMessage;exports.getErrorCode=getErrorCode;function getErrorMessage(error){return error instanceof Error?error.message:String(error)}function getErrorCode(error){
return typeof error=="object"&&error!==null&&"code"in error&&typeof error.code=="number"?error.code:null}}});var require_metadata=__commonJS({"node_modules/@grpc/grpc-js/build/src/metadata.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Metadata=void 0;var logging_1=require_logging(),constants_1=require_constants(),error_1=require_error(),LEGAL_KEY_REGEX=/^[:0-9a-z_.-]+$/,LEGAL_NON_BINARY_VALUE_REGEX=/^[ -~]*$/;
function isLegalKey(key){return LEGAL_KEY_REGEX.test(key)}function isLegalNonBinaryValue(value){return LEGAL_NON_BINARY_VALUE_REGEX.test(value)}function isBinaryKey(key){
return key.endsWith("-bin")}function isCustomMetadata(key){return!key.startsWith("grpc-")}function normalizeKey(key){return key.toLowerCase()}function validate(key,value){
if(!isLegalKey(key))throw new Error('Metadata key "'+key+'" contains illegal characters');if(value!=null)if(isBinaryKey(key)){if(!Buffer.isBuffer(value))throw new Error(
"keys that end with '-bin' must have Buffer values")}else{if(Buffer.isBuffer(value))throw new Error("keys that don't end with '-bin' must have String values");if(!isLegalNonBinaryValue(
value))throw new Error('Metadata string value "'+value+'" contains illegal characters')}}var Metadata2=class _Metadata{constructor(options={}){this.internalRepr=
new Map,this.options=options}set(key,value){key=normalizeKey(key),validate(key,value),this.internalRepr.set(key,[value])}add(key,value){key=normalizeKey(key),validate(
key,value);let existingValue=this.internalRepr.get(key);existingValue===void 0?this.internalRepr.set(key,[value]):existingValue.push(value)}remove(key){key=normalizeKey(
key),this.internalRepr.delete(key)}get(key){return key=normalizeKey(key),this.internalRepr.get(key)||[]}getMap(){let result={};for(let[key,values]of this.internalRepr)
if(values.length>0){let v=values[0];result[key]=Buffer.isBuffer(v)?Buffer.from(v):v}return result}clone(){let newMetadata=new _Metadata(this.options),newInternalRepr=newMetadata.
internalRepr;for(let[key,value]of this.internalRepr){let clonedValue=value.map(v=>Buffer.isBuffer(v)?Buffer.from(v):v);newInternalRepr.set(key,clonedValue)}return newMetadata}merge(other){
for(let[key,values]of other.internalRepr){let mergedValue=(this.internalRepr.get(key)||[]).concat(values);this.internalRepr.set(key,mergedValue)}}setOptions(options){
this.options=options}getOptions(){return this.options}toHttp2Headers(){let result={};for(let[key,values]of this.internalRepr)key.startsWith(":")||(values.length===
1?result[key]=bufToString(values[0]):result[key]=values.map(bufToString));return result}toJSON(){let result={};for(let[key,values]of this.internalRepr)result[key]=
values;return result}setOpaque(key,value){this.opaqueData||(this.opaqueData=new Map),this.opaqueData.set(key,value)}getOpaque(key){var _a;return(_a=this.opaqueData)===
null||_a===void 0?void 0:_a.get(key)}static fromHttp2Headers(headers){let result=new _Metadata;for(let key of Object.keys(headers)){if(key.charAt(0)===":")continue;
let values=headers[key];try{isBinaryKey(key)?Array.isArray(values)?values.forEach(value=>{result.add(key,Buffer.from(value,"base64"))}):values!==void 0&&(isCustomMetadata(
key)?values.split(",").forEach(v=>{result.add(key,Buffer.from(v.trim(),"base64"))}):result.add(key,Buffer.from(values,"base64"))):Array.isArray(values)?values.forEach(
value=>{result.add(key,value)}):values!==void 0&&result.add(key,values)}catch(error){let message=`Failed to add metadata entry ${key}: ${values}. ${(0,error_1.getErrorMessage)(
error)}. For more information see https://github.com/grpc/grpc-node/issues/1173`;(0,logging_1.log)(constants_1.LogVerbosity.ERROR,message)}}return result}};exports.
Metadata=Metadata2;var bufToString=val=>Buffer.isBuffer(val)?val.toString("base64"):val}});var require_call_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-credentials.js"(exports){"use strict";Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.CallCredentials=void 0;exports.isEmptyCallCredentials=isEmptyCallCredentials;var metadata_1=require_metadata();function isCurrentOauth2Client(client){
return"getRequestHeaders"in client&&typeof client.getRequestHeaders=="function"}var CallCredentials=class _CallCredentials{static createFromMetadataGenerator(metadataGenerator){
return new SingleCallCredentials(metadataGenerator)}static createFromGoogleCredential(googleCredentials){return _CallCredentials.createFromMetadataGenerator((options,callback)=>{
let getHeaders;isCurrentOauth2Client(googleCredentials)?getHeaders=googleCredentials.getRequestHeaders(options.service_url):getHeaders=new Promise((resolve,reject)=>{
googleCredentials.getRequestMetadata(options.service_url,(err,headers)=>{if(err){reject(err);return}if(!headers){reject(new Error("Headers not set by metadata p\
lugin"));return}resolve(headers)})}),getHeaders.then(headers=>{let metadata=new metadata_1.Metadata;for(let key of Object.keys(headers))metadata.add(key,headers[key]);
callback(null,metadata)},err=>{callback(err)})})}static createEmpty(){return new EmptyCallCredentials}};exports.CallCredentials=CallCredentials;var ComposedCallCredentials=class _ComposedCallCredentials extends CallCredentials{constructor(creds){
super(),this.creds=creds}async generateMetadata(options){let base=new metadata_1.Metadata,generated=await Promise.all(this.creds.map(cred=>cred.generateMetadata(
options)));for(let gen of generated)base.merge(gen);return base}compose(other){return other instanceof EmptyCallCredentials?this:new _ComposedCallCredentials(this.
creds.concat([other]))}_equals(other){return this===other?!0:other instanceof _ComposedCallCredentials?this.creds.every((value,index)=>value._equals(other.creds[index])):
!1}},SingleCallCredentials=class _SingleCallCredentials extends CallCredentials{constructor(metadataGenerator){super(),this.metadataGenerator=metadataGenerator}generateMetadata(options){
return new Promise((resolve,reject)=>{this.metadataGenerator(options,(err,metadata)=>{metadata!==void 0?resolve(metadata):reject(err)})})}compose(other){return other instanceof
EmptyCallCredentials?this:new ComposedCallCredentials([this,other])}_equals(other){return this===other?!0:other instanceof _SingleCallCredentials?this.metadataGenerator===
other.metadataGenerator:!1}},EmptyCallCredentials=class _EmptyCallCredentials extends CallCredentials{generateMetadata(options){return Promise.resolve(new metadata_1.
Metadata)}compose(other){return other}_equals(other){return other instanceof _EmptyCallCredentials}};function isEmptyCallCredentials(callCredentials){return callCredentials instanceof
EmptyCallCredentials}}});var require_tls_helpers=__commonJS({"node_modules/@grpc/grpc-js/build/src/tls-helpers.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.CIPHER_SUITES=void 0;exports.getDefaultRootsData=getDefaultRootsData;var fs=__require("fs");exports.CIPHER_SUITES=process.env.GRPC_SSL_CIPHER_SUITES;var DEFAULT_ROOTS_FILE_PATH=process.
env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH,defaultRootsData=null;function getDefaultRootsData(){return DEFAULT_ROOTS_FILE_PATH?(defaultRootsData===null&&(defaultRootsData=
fs.readFileSync(DEFAULT_ROOTS_FILE_PATH)),defaultRootsData):null}}});var require_uri_parser=__commonJS({"node_modules/@grpc/grpc-js/build/src/uri-parser.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.parseUri=parseUri;exports.splitHostPort=splitHostPort;exports.combineHostPort=combineHostPort;exports.uriToString=uriToString;exports.extractServiceName=
extractServiceName;exports.computeServiceUrl=computeServiceUrl;var URI_REGEX=/^(?:([A-Za-z0-9+.-]+):)?(?:\/\/([^/]*)\/)?(.+)$/;function parseUri(uriString){let parsedUri=URI_REGEX.
exec(uriString);return parsedUri===null?null:{scheme:parsedUri[1],authority:parsedUri[2],path:parsedUri[3]}}var NUMBER_REGEX=/^\d+$/;function splitHostPort(path){
if(path.startsWith("[")){let hostEnd=path.indexOf("]");if(hostEnd===-1)return null;let host=path.substring(1,hostEnd);if(host.indexOf(":")===-1)return null;if(path.
length>hostEnd+1)if(path[hostEnd+1]===":"){let portString=path.substring(hostEnd+2);return NUMBER_REGEX.test(portString)?{host,port:+portString}:null}else return null;else
return{host}}else{let splitPath=path.split(":");return splitPath.length===2?NUMBER_REGEX.test(splitPath[1])?{host:splitPath[0],port:+splitPath[1]}:null:{host:path}}}
function combineHostPort(hostPort){return hostPort.port===void 0?hostPort.host:hostPort.host.includes(":")?`[${hostPort.host}]:${hostPort.port}`:`${hostPort.host}\
:${hostPort.port}`}function uriToString(uri){let result="";return uri.scheme!==void 0&&(result+=uri.scheme+":"),uri.authority!==void 0&&(result+="//"+uri.authority+
"/"),result+=uri.path,result}function extractServiceName(methodName){let firstSlashIndex=methodName.indexOf("/");if(firstSlashIndex===-1)return"";let secondSlashIndex=methodName.
indexOf("/",firstSlashIndex+1);return secondSlashIndex===-1?methodName.substring(firstSlashIndex+1):methodName.substring(firstSlashIndex+1,secondSlashIndex)}function computeServiceUrl(host,methodName){
var _a,_b;let serviceName=extractServiceName(methodName);return`https://${(_b=(_a=splitHostPort(host))===null||_a===void 0?void 0:_a.host)!==null&&_b!==void 0?_b:
"localhost"}/${serviceName}`}}});var require_resolver=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.CHANNEL_ARGS_CONFIG_SELECTOR_KEY=void 0;exports.registerResolver=registerResolver;exports.registerDefaultScheme=registerDefaultScheme;exports.createResolver=
createResolver;exports.getDefaultAuthority=getDefaultAuthority;exports.mapUriDefaultScheme=mapUriDefaultScheme;var uri_parser_1=require_uri_parser();exports.CHANNEL_ARGS_CONFIG_SELECTOR_KEY=
"grpc.internal.config_selector";var registeredResolvers={},defaultScheme=null;function registerResolver(scheme,resolverClass){registeredResolvers[scheme]=resolverClass}
function registerDefaultScheme(scheme){defaultScheme=scheme}function createResolver(target,listener,options){if(target.scheme!==void 0&&target.scheme in registeredResolvers)
return new registeredResolvers[target.scheme](target,listener,options);throw new Error(`No resolver could be created for target ${(0,uri_parser_1.uriToString)(target)}`)}
function getDefaultAuthority(target){if(target.scheme!==void 0&&target.scheme in registeredResolvers)return registeredResolvers[target.scheme].getDefaultAuthority(
target);throw new Error(`Invalid target ${(0,uri_parser_1.uriToString)(target)}`)}function mapUriDefaultScheme(target){return target.scheme===void 0||!(target.scheme in
registeredResolvers)?defaultScheme!==null?{scheme:defaultScheme,authority:void 0,path:(0,uri_parser_1.uriToString)(target)}:null:target}}});var require_channel_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel-credentials.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.ChannelCredentials=void 0;exports.createCertificateProviderChannelCredentials=createCertificateProviderChannelCredentials;var tls_1=__require("tls"),
call_credentials_1=require_call_credentials(),tls_helpers_1=require_tls_helpers(),uri_parser_1=require_uri_parser(),resolver_1=require_resolver(),logging_1=require_logging(),
constants_1=require_constants();function verifyIsBufferOrNull(obj,friendlyName){if(obj&&!(obj instanceof Buffer))throw new TypeError(`${friendlyName}, if provid\
ed, must be a Buffer.`)}var ChannelCredentials2=class{compose(callCredentials){return new ComposedChannelCredentialsImpl(this,callCredentials)}static createSsl(rootCerts,privateKey,certChain,verifyOptions){
var _a;if(verifyIsBufferOrNull(rootCerts,"Root certificate"),verifyIsBufferOrNull(privateKey,"Private key"),verifyIsBufferOrNull(certChain,"Certificate chain"),
privateKey&&!certChain)throw new Error("Private key must be given with accompanying certificate chain");if(!privateKey&&certChain)throw new Error("Certificate c\
hain must be given with accompanying private key");let secureContext=(0,tls_1.createSecureContext)({ca:(_a=rootCerts??(0,tls_helpers_1.getDefaultRootsData)())!==
null&&_a!==void 0?_a:void 0,key:privateKey??void 0,cert:certChain??void 0,ciphers:tls_helpers_1.CIPHER_SUITES});return new SecureChannelCredentialsImpl(secureContext,
verifyOptions??{})}static createFromSecureContext(secureContext,verifyOptions){return new SecureChannelCredentialsImpl(secureContext,verifyOptions??{})}static createInsecure(){
return new InsecureChannelCredentialsImpl}};exports.ChannelCredentials=ChannelCredentials2;var InsecureChannelCredentialsImpl=class _InsecureChannelCredentialsImpl extends ChannelCredentials2{constructor(){
super()}compose(callCredentials){throw new Error("Cannot compose insecure credentials")}_isSecure(){return!1}_equals(other){return other instanceof _InsecureChannelCredentialsImpl}_createSecureConnector(channelTarget,options,callCredentials){
let credentials2=callCredentials??call_credentials_1.CallCredentials.createEmpty();return{connect(socket){return Promise.resolve({socket,secure:!1})},waitForReady:()=>Promise.
resolve(),getCallCredentials:()=>credentials2,destroy(){}}}};function getConnectionOptions(secureContext,verifyOptions,channelTarget,options){var _a,_b;let connectionOptions={
secureContext},realTarget=channelTarget;if("grpc.http_connect_target"in options){let parsedTarget=(0,uri_parser_1.parseUri)(options["grpc.http_connect_target"]);
parsedTarget&&(realTarget=parsedTarget)}let targetPath=(0,resolver_1.getDefaultAuthority)(realTarget),hostPort=(0,uri_parser_1.splitHostPort)(targetPath),remoteHost=(_a=
hostPort?.host)!==null&&_a!==void 0?_a:targetPath;if(connectionOptions.host=remoteHost,verifyOptions.checkServerIdentity&&(connectionOptions.checkServerIdentity=
verifyOptions.checkServerIdentity),verifyOptions.rejectUnauthorized!==void 0&&(connectionOptions.rejectUnauthorized=verifyOptions.rejectUnauthorized),connectionOptions.
ALPNProtocols=["h2"],options["grpc.ssl_target_name_override"]){let sslTargetNameOverride=options["grpc.ssl_target_name_override"],originalCheckServerIdentity=(_b=
connectionOptions.checkServerIdentity)!==null&&_b!==void 0?_b:tls_1.checkServerIdentity;connectionOptions.checkServerIdentity=(host,cert)=>originalCheckServerIdentity(
sslTargetNameOverride,cert),connectionOptions.servername=sslTargetNameOverride}else connectionOptions.servername=remoteHost;return options["grpc-node.tls_enable\
_trace"]&&(connectionOptions.enableTrace=!0),connectionOptions}var SecureConnectorImpl=class{constructor(connectionOptions,callCredentials){this.connectionOptions=
connectionOptions,this.callCredentials=callCredentials}connect(socket){let tlsConnectOptions=Object.assign({socket},this.connectionOptions);return new Promise((resolve,reject)=>{
let tlsSocket=(0,tls_1.connect)(tlsConnectOptions,()=>{var _a;if((!((_a=this.connectionOptions.rejectUnauthorized)!==null&&_a!==void 0)||_a)&&!tlsSocket.authorized){
reject(tlsSocket.authorizationError);return}resolve({socket:tlsSocket,secure:!0})});tlsSocket.on("error",error=>{reject(error)})})}waitForReady(){return Promise.
resolve()}getCallCredentials(){return this.callCredentials}destroy(){}},SecureChannelCredentialsImpl=class _SecureChannelCredentialsImpl extends ChannelCredentials2{constructor(secureContext,verifyOptions){
super(),this.secureContext=secureContext,this.verifyOptions=verifyOptions}_isSecure(){return!0}_equals(other){return this===other?!0:other instanceof _SecureChannelCredentialsImpl?
this.secureContext===other.secureContext&&this.verifyOptions.checkServerIdentity===other.verifyOptions.checkServerIdentity:!1}_createSecureConnector(channelTarget,options,callCredentials){
let connectionOptions=getConnectionOptions(this.secureContext,this.verifyOptions,channelTarget,options);return new SecureConnectorImpl(connectionOptions,callCredentials??
call_credentials_1.CallCredentials.createEmpty())}},CertificateProviderChannelCredentialsImpl=class _CertificateProviderChannelCredentialsImpl extends ChannelCredentials2{constructor(caCertificateProvider,identityCertificateProvider,verifyOptions){
super(),this.caCertificateProvider=caCertificateProvider,this.identityCertificateProvider=identityCertificateProvider,this.verifyOptions=verifyOptions,this.refcount=
0,this.latestCaUpdate=void 0,this.latestIdentityUpdate=void 0,this.caCertificateUpdateListener=this.handleCaCertificateUpdate.bind(this),this.identityCertificateUpdateListener=
this.handleIdentityCertitificateUpdate.bind(this),this.secureContextWatchers=[]}_isSecure(){return!0}_equals(other){var _a,_b;return this===other?!0:other instanceof
_CertificateProviderChannelCredentialsImpl?this.caCertificateProvider===other.caCertificateProvider&&this.identityCertificateProvider===other.identityCertificateProvider&&
((_a=this.verifyOptions)===null||_a===void 0?void 0:_a.checkServerIdentity)===((_b=other.verifyOptions)===null||_b===void 0?void 0:_b.checkServerIdentity):!1}ref(){
var _a;this.refcount===0&&(this.caCertificateProvider.addCaCertificateListener(this.caCertificateUpdateListener),(_a=this.identityCertificateProvider)===null||_a===
void 0||_a.addIdentityCertificateListener(this.identityCertificateUpdateListener)),this.refcount+=1}unref(){var _a;this.refcount-=1,this.refcount===0&&(this.caCertificateProvider.
removeCaCertificateListener(this.caCertificateUpdateListener),(_a=this.identityCertificateProvider)===null||_a===void 0||_a.removeIdentityCertificateListener(this.
identityCertificateUpdateListener))}_createSecureConnector(channelTarget,options,callCredentials){return this.ref(),new _CertificateProviderChannelCredentialsImpl.
SecureConnectorImpl(this,channelTarget,options,callCredentials??call_credentials_1.CallCredentials.createEmpty())}maybeUpdateWatchers(){if(this.hasReceivedUpdates()){
for(let watcher of this.secureContextWatchers)watcher(this.getLatestSecureContext());this.secureContextWatchers=[]}}handleCaCertificateUpdate(update){this.latestCaUpdate=
update,this.maybeUpdateWatchers()}handleIdentityCertitificateUpdate(update){this.latestIdentityUpdate=update,this.maybeUpdateWatchers()}hasReceivedUpdates(){return!(this.
latestCaUpdate===void 0||this.identityCertificateProvider&&this.latestIdentityUpdate===void 0)}getSecureContext(){return this.hasReceivedUpdates()?Promise.resolve(
this.getLatestSecureContext()):new Promise(resolve=>{this.secureContextWatchers.push(resolve)})}getLatestSecureContext(){var _a,_b;if(!this.latestCaUpdate||this.
identityCertificateProvider!==null&&!this.latestIdentityUpdate)return null;try{return(0,tls_1.createSecureContext)({ca:this.latestCaUpdate.caCertificate,key:(_a=
this.latestIdentityUpdate)===null||_a===void 0?void 0:_a.privateKey,cert:(_b=this.latestIdentityUpdate)===null||_b===void 0?void 0:_b.certificate,ciphers:tls_helpers_1.
CIPHER_SUITES})}catch(e){return(0,logging_1.log)(constants_1.LogVerbosity.ERROR,"Failed to createSecureContext with error "+e.message),null}}};CertificateProviderChannelCredentialsImpl.
SecureConnectorImpl=class{constructor(parent,channelTarget,options,callCredentials){this.parent=parent,this.channelTarget=channelTarget,this.options=options,this.
callCredentials=callCredentials}connect(socket){return new Promise((resolve,reject)=>{let secureContext=this.parent.getLatestSecureContext();if(!secureContext){
reject(new Error("Failed to load credentials"));return}socket.closed&&reject(new Error("Socket closed while loading credentials"));let connnectionOptions=getConnectionOptions(
secureContext,this.parent.verifyOptions,this.channelTarget,this.options),tlsConnectOptions=Object.assign({socket},connnectionOptions),closeCallback=()=>{reject(
new Error("Socket closed"))},errorCallback=error=>{reject(error)},tlsSocket=(0,tls_1.connect)(tlsConnectOptions,()=>{var _a;if(tlsSocket.removeListener("close",
closeCallback),tlsSocket.removeListener("error",errorCallback),(!((_a=this.parent.verifyOptions.rejectUnauthorized)!==null&&_a!==void 0)||_a)&&!tlsSocket.authorized){
reject(tlsSocket.authorizationError);return}resolve({socket:tlsSocket,secure:!0})});tlsSocket.once("close",closeCallback),tlsSocket.once("error",errorCallback)})}async waitForReady(){
await this.parent.getSecureContext()}getCallCredentials(){return this.callCredentials}destroy(){this.parent.unref()}};function createCertificateProviderChannelCredentials(caCertificateProvider,identityCertificateProvider,verifyOptions){
return new CertificateProviderChannelCredentialsImpl(caCertificateProvider,identityCertificateProvider,verifyOptions??{})}var ComposedChannelCredentialsImpl=class _ComposedChannelCredentialsImpl extends ChannelCredentials2{constructor(channelCredentials,callCredentials){
if(super(),this.channelCredentials=channelCredentials,this.callCredentials=callCredentials,!channelCredentials._isSecure())throw new Error("Cannot compose insec\
ure credentials")}compose(callCredentials){let combinedCallCredentials=this.callCredentials.compose(callCredentials);return new _ComposedChannelCredentialsImpl(
this.channelCredentials,combinedCallCredentials)}_isSecure(){return!0}_equals(other){return this===other?!0:other instanceof _ComposedChannelCredentialsImpl?this.
channelCredentials._equals(other.channelCredentials)&&this.callCredentials._equals(other.callCredentials):!1}_createSecureConnector(channelTarget,options,callCredentials){
let combinedCallCredentials=this.callCredentials.compose(callCredentials??call_credentials_1.CallCredentials.createEmpty());return this.channelCredentials._createSecureConnector(
channelTarget,options,combinedCallCredentials)}}}});var require_load_balancer=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{
value:!0});exports.createChildChannelControlHelper=createChildChannelControlHelper;exports.registerLoadBalancerType=registerLoadBalancerType;exports.registerDefaultLoadBalancerType=
registerDefaultLoadBalancerType;exports.createLoadBalancer=createLoadBalancer;exports.isLoadBalancerNameRegistered=isLoadBalancerNameRegistered;exports.parseLoadBalancingConfig=
parseLoadBalancingConfig;exports.getDefaultConfig=getDefaultConfig;exports.selectLbConfigFromList=selectLbConfigFromList;var logging_1=require_logging(),constants_1=require_constants();
function createChildChannelControlHelper(parent,overrides){var _a,_b,_c,_d,_e,_f,_g,_h,_j,_k;return{createSubchannel:(_b=(_a=overrides.createSubchannel)===null||
_a===void 0?void 0:_a.bind(overrides))!==null&&_b!==void 0?_b:parent.createSubchannel.bind(parent),updateState:(_d=(_c=overrides.updateState)===null||_c===void 0?
void 0:_c.bind(overrides))!==null&&_d!==void 0?_d:parent.updateState.bind(parent),requestReresolution:(_f=(_e=overrides.requestReresolution)===null||_e===void 0?
void 0:_e.bind(overrides))!==null&&_f!==void 0?_f:parent.requestReresolution.bind(parent),addChannelzChild:(_h=(_g=overrides.addChannelzChild)===null||_g===void 0?
void 0:_g.bind(overrides))!==null&&_h!==void 0?_h:parent.addChannelzChild.bind(parent),removeChannelzChild:(_k=(_j=overrides.removeChannelzChild)===null||_j===void 0?
void 0:_j.bind(overrides))!==null&&_k!==void 0?_k:parent.removeChannelzChild.bind(parent)}}var registeredLoadBalancerTypes={},defaultLoadBalancerType=null;function registerLoadBalancerType(typeName,loadBalancerType,loadBalancingConfigType){
registeredLoadBalancerTypes[typeName]={LoadBalancer:loadBalancerType,LoadBalancingConfig:loadBalancingConfigType}}function registerDefaultLoadBalancerType(typeName){
defaultLoadBalancerType=typeName}function createLoadBalancer(config,channelControlHelper){let typeName=config.getLoadBalancerName();return typeName in registeredLoadBalancerTypes?
new registeredLoadBalancerTypes[typeName].LoadBalancer(channelControlHelper):null}function isLoadBalancerNameRegistered(typeName){return typeName in registeredLoadBalancerTypes}
function parseLoadBalancingConfig(rawConfig){let keys=Object.keys(rawConfig);if(keys.length!==1)throw new Error("Provided load balancing config has multiple con\
flicting entries");let typeName=keys[0];if(typeName in registeredLoadBalancerTypes)try{return registeredLoadBalancerTypes[typeName].LoadBalancingConfig.createFromJson(
rawConfig[typeName])}catch(e){throw new Error(`${typeName}: ${e.message}`)}else throw new Error(`Unrecognized load balancing config name ${typeName}`)}function getDefaultConfig(){
if(!defaultLoadBalancerType)throw new Error("No default load balancer type registered");return new registeredLoadBalancerTypes[defaultLoadBalancerType].LoadBalancingConfig}
function selectLbConfigFromList(configs,fallbackTodefault=!1){for(let config of configs)try{return parseLoadBalancingConfig(config)}catch(e){(0,logging_1.log)(constants_1.
LogVerbosity.DEBUG,"Config parsing failed with error",e.message);continue}return fallbackTodefault&&defaultLoadBalancerType?new registeredLoadBalancerTypes[defaultLoadBalancerType].
LoadBalancingConfig:null}}});var require_service_config=__commonJS({"node_modules/@grpc/grpc-js/build/src/service-config.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.validateRetryThrottling=validateRetryThrottling;exports.validateServiceConfig=validateServiceConfig;exports.extractAndSelectServiceConfig=extractAndSelectServiceConfig;
var os=__require("os"),constants_1=require_constants(),DURATION_REGEX=/^\d+(\.\d{1,9})?s$/,CLIENT_LANGUAGE_STRING="node";function validateName(obj){if("service"in
obj&&obj.service!==""){if(typeof obj.service!="string")throw new Error(`Invalid method config name: invalid service: expected type string, got ${typeof obj.service}`);
if("method"in obj&&obj.method!==""){if(typeof obj.method!="string")throw new Error(`Invalid method config name: invalid method: expected type string, got ${typeof obj.
service}`);return{service:obj.service,method:obj.method}}else return{service:obj.service}}else{if("method"in obj&&obj.method!==void 0)throw new Error("Invalid m\
ethod config name: method set with empty or unset service");return{}}}function validateRetryPolicy(obj){if(!("maxAttempts"in obj)||!Number.isInteger(obj.maxAttempts)||
obj.maxAttempts<2)throw new Error("Invalid method config retry policy: maxAttempts must be an integer at least 2");if(!("initialBackoff"in obj)||typeof obj.initialBackoff!=
"string"||!DURATION_REGEX.test(obj.initialBackoff))throw new Error("Invalid method config retry policy: initialBackoff must be a string consisting of a positive\
 integer or decimal followed by s");if(!("maxBackoff"in obj)||typeof obj.maxBackoff!="string"||!DURATION_REGEX.test(obj.maxBackoff))throw new Error("Invalid met\
hod config retry policy: maxBackoff must be a string consisting of a positive integer or decimal followed by s");if(!("backoffMultiplier"in obj)||typeof obj.backoffMultiplier!=
"number"||obj.backoffMultiplier<=0)throw new Error("Invalid method config retry policy: backoffMultiplier must be a number greater than 0");if(!("retryableStatu\
sCodes"in obj&&Array.isArray(obj.retryableStatusCodes)))throw new Error("Invalid method config retry policy: retryableStatusCodes is required");if(obj.retryableStatusCodes.
length===0)throw new Error("Invalid method config retry policy: retryableStatusCodes must be non-empty");for(let value of obj.retryableStatusCodes)if(typeof value==
"number"){if(!Object.values(constants_1.Status).includes(value))throw new Error("Invalid method config retry policy: retryableStatusCodes value not in status co\
de range")}else if(typeof value=="string"){if(!Object.values(constants_1.Status).includes(value.toUpperCase()))throw new Error("Invalid method config retry poli\
cy: retryableStatusCodes value not a status code name")}else throw new Error("Invalid method config retry policy: retryableStatusCodes value must be a string or\
 number");return{maxAttempts:obj.maxAttempts,initialBackoff:obj.initialBackoff,maxBackoff:obj.maxBackoff,backoffMultiplier:obj.backoffMultiplier,retryableStatusCodes:obj.
retryableStatusCodes}}function validateHedgingPolicy(obj){if(!("maxAttempts"in obj)||!Number.isInteger(obj.maxAttempts)||obj.maxAttempts<2)throw new Error("Inva\
lid method config hedging policy: maxAttempts must be an integer at least 2");if("hedgingDelay"in obj&&(typeof obj.hedgingDelay!="string"||!DURATION_REGEX.test(
obj.hedgingDelay)))throw new Error("Invalid method config hedging policy: hedgingDelay must be a string consisting of a positive integer followed by s");if("non\
FatalStatusCodes"in obj&&Array.isArray(obj.nonFatalStatusCodes))for(let value of obj.nonFatalStatusCodes)if(typeof value=="number"){if(!Object.values(constants_1.
Status).includes(value))throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value not in status code range")}else if(typeof value=="strin\
g"){if(!Object.values(constants_1.Status).includes(value.toUpperCase()))throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value not a s\
tatus code name")}else throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value must be a string or number");let result={maxAttempts:obj.
maxAttempts};return obj.hedgingDelay&&(result.hedgingDelay=obj.hedgingDelay),obj.nonFatalStatusCodes&&(result.nonFatalStatusCodes=obj.nonFatalStatusCodes),result}
function validateMethodConfig(obj){var _a;let result={name:[]};if(!("name"in obj)||!Array.isArray(obj.name))throw new Error("Invalid method config: invalid name\
 array");for(let name of obj.name)result.name.push(validateName(name));if("waitForReady"in obj){if(typeof obj.waitForReady!="boolean")throw new Error("Invalid m\
ethod config: invalid waitForReady");result.waitForReady=obj.waitForReady}if("timeout"in obj)if(typeof obj.timeout=="object"){if(!("seconds"in obj.timeout)||typeof obj.
timeout.seconds!="number")throw new Error("Invalid method config: invalid timeout.seconds");if(!("nanos"in obj.timeout)||typeof obj.timeout.nanos!="number")throw new Error(
"Invalid method config: invalid timeout.nanos");result.timeout=obj.timeout}else if(typeof obj.timeout=="string"&&DURATION_REGEX.test(obj.timeout)){let timeoutParts=obj.
timeout.substring(0,obj.timeout.length-1).split(".");result.timeout={seconds:timeoutParts[0]|0,nanos:((_a=timeoutParts[1])!==null&&_a!==void 0?_a:0)|0}}else throw new Error(
"Invalid method config: invalid timeout");if("maxRequestBytes"in obj){if(typeof obj.maxRequestBytes!="number")throw new Error("Invalid method config: invalid ma\
xRequestBytes");result.maxRequestBytes=obj.maxRequestBytes}if("maxResponseBytes"in obj){if(typeof obj.maxResponseBytes!="number")throw new Error("Invalid method\
 config: invalid maxRequestBytes");result.maxResponseBytes=obj.maxResponseBytes}if("retryPolicy"in obj){if("hedgingPolicy"in obj)throw new Error("Invalid method\
 config: retryPolicy and hedgingPolicy cannot both be specified");result.retryPolicy=validateRetryPolicy(obj.retryPolicy)}else"hedgingPolicy"in obj&&(result.hedgingPolicy=
validateHedgingPolicy(obj.hedgingPolicy));return result}function validateRetryThrottling(obj){if(!("maxTokens"in obj)||typeof obj.maxTokens!="number"||obj.maxTokens<=
0||obj.maxTokens>1e3)throw new Error("Invalid retryThrottling: maxTokens must be a number in (0, 1000]");if(!("tokenRatio"in obj)||typeof obj.tokenRatio!="numbe\
r"||obj.tokenRatio<=0)throw new Error("Invalid retryThrottling: tokenRatio must be a number greater than 0");return{maxTokens:+obj.maxTokens.toFixed(3),tokenRatio:+obj.
tokenRatio.toFixed(3)}}function validateLoadBalancingConfig(obj){if(!(typeof obj=="object"&&obj!==null))throw new Error(`Invalid loadBalancingConfig: unexpected\
 type ${typeof obj}`);let keys=Object.keys(obj);if(keys.length>1)throw new Error(`Invalid loadBalancingConfig: unexpected multiple keys ${keys}`);if(keys.length===
0)throw new Error("Invalid loadBalancingConfig: load balancing policy name required");return{[keys[0]]:obj[keys[0]]}}function validateServiceConfig(obj){let result={
loadBalancingConfig:[],methodConfig:[]};if("loadBalancingPolicy"in obj)if(typeof obj.loadBalancingPolicy=="string")result.loadBalancingPolicy=obj.loadBalancingPolicy;else
throw new Error("Invalid service config: invalid loadBalancingPolicy");if("loadBalancingConfig"in obj)if(Array.isArray(obj.loadBalancingConfig))for(let config of obj.
loadBalancingConfig)result.loadBalancingConfig.push(validateLoadBalancingConfig(config));else throw new Error("Invalid service config: invalid loadBalancingConf\
ig");if("methodConfig"in obj&&Array.isArray(obj.methodConfig))for(let methodConfig of obj.methodConfig)result.methodConfig.push(validateMethodConfig(methodConfig));
"retryThrottling"in obj&&(result.retryThrottling=validateRetryThrottling(obj.retryThrottling));let seenMethodNames=[];for(let methodConfig of result.methodConfig)
for(let name of methodConfig.name){for(let seenName of seenMethodNames)if(name.service===seenName.service&&name.method===seenName.method)throw new Error(`Invali\
d service config: duplicate name ${name.service}/${name.method}`);seenMethodNames.push(name)}return result}function validateCanaryConfig(obj){if(!("serviceConfi\
g"in obj))throw new Error("Invalid service config choice: missing service config");let result={serviceConfig:validateServiceConfig(obj.serviceConfig)};if("clien\
tLanguage"in obj)if(Array.isArray(obj.clientLanguage)){result.clientLanguage=[];for(let lang of obj.clientLanguage)if(typeof lang=="string")result.clientLanguage.
push(lang);else throw new Error("Invalid service config choice: invalid clientLanguage")}else throw new Error("Invalid service config choice: invalid clientLang\
uage");if("clientHostname"in obj)if(Array.isArray(obj.clientHostname)){result.clientHostname=[];for(let lang of obj.clientHostname)if(typeof lang=="string")result.
clientHostname.push(lang);else throw new Error("Invalid service config choice: invalid clientHostname")}else throw new Error("Invalid service config choice: inv\
alid clientHostname");if("percentage"in obj)if(typeof obj.percentage=="number"&&0<=obj.percentage&&obj.percentage<=100)result.percentage=obj.percentage;else throw new Error(
"Invalid service config choice: invalid percentage");let allowedFields=["clientLanguage","percentage","clientHostname","serviceConfig"];for(let field in obj)if(!allowedFields.
includes(field))throw new Error(`Invalid service config choice: unexpected field ${field}`);return result}function validateAndSelectCanaryConfig(obj,percentage){
if(!Array.isArray(obj))throw new Error("Invalid service config list");for(let config of obj){let validatedConfig=validateCanaryConfig(config);if(!(typeof validatedConfig.
percentage=="number"&&percentage>validatedConfig.percentage)){if(Array.isArray(validatedConfig.clientHostname)){let hostnameMatched=!1;for(let hostname2 of validatedConfig.
clientHostname)hostname2===os.hostname()&&(hostnameMatched=!0);if(!hostnameMatched)continue}if(Array.isArray(validatedConfig.clientLanguage)){let languageMatched=!1;
for(let language of validatedConfig.clientLanguage)language===CLIENT_LANGUAGE_STRING&&(languageMatched=!0);if(!languageMatched)continue}return validatedConfig.serviceConfig}}
throw new Error("No matching service config found")}function extractAndSelectServiceConfig(txtRecord,percentage){for(let record of txtRecord)if(record.length>0&&
record[0].startsWith("grpc_config=")){let recordString=record.join("").substring(12),recordJson=JSON.parse(recordString);return validateAndSelectCanaryConfig(recordJson,
percentage)}return null}}});var require_connectivity_state=__commonJS({"node_modules/@grpc/grpc-js/build/src/connectivity-state.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.ConnectivityState=void 0;var ConnectivityState;(function(ConnectivityState2){ConnectivityState2[ConnectivityState2.IDLE=0]="IDLE",ConnectivityState2[ConnectivityState2.
CONNECTING=1]="CONNECTING",ConnectivityState2[ConnectivityState2.READY=2]="READY",ConnectivityState2[ConnectivityState2.TRANSIENT_FAILURE=3]="TRANSIENT_FAILURE",
ConnectivityState2[ConnectivityState2.SHUTDOWN=4]="SHUTDOWN"})(ConnectivityState||(exports.ConnectivityState=ConnectivityState={}))}});var require_picker=__commonJS({"node_modules/@grpc/grpc-js/build/src/picker.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
QueuePicker=exports.UnavailablePicker=exports.PickResultType=void 0;var metadata_1=require_metadata(),constants_1=require_constants(),PickResultType;(function(PickResultType2){
PickResultType2[PickResultType2.COMPLETE=0]="COMPLETE",PickResultType2[PickResultType2.QUEUE=1]="QUEUE",PickResultType2[PickResultType2.TRANSIENT_FAILURE=2]="TR\
ANSIENT_FAILURE",PickResultType2[PickResultType2.DROP=3]="DROP"})(PickResultType||(exports.PickResultType=PickResultType={}));var UnavailablePicker=class{constructor(status){
this.status=Object.assign({code:constants_1.Status.UNAVAILABLE,details:"No connection established",metadata:new metadata_1.Metadata},status)}pick(pickArgs){return{
pickResultType:PickResultType.TRANSIENT_FAILURE,subchannel:null,status:this.status,onCallStarted:null,onCallEnded:null}}};exports.UnavailablePicker=UnavailablePicker;
var QueuePicker=class{constructor(loadBalancer,childPicker){this.loadBalancer=loadBalancer,this.childPicker=childPicker,this.calledExitIdle=!1}pick(pickArgs){return this.
calledExitIdle||(process.nextTick(()=>{this.loadBalancer.exitIdle()}),this.calledExitIdle=!0),this.childPicker?this.childPicker.pick(pickArgs):{pickResultType:PickResultType.
QUEUE,subchannel:null,status:null,onCallStarted:null,onCallEnded:null}}};exports.QueuePicker=QueuePicker}});var require_backoff_timeout=__commonJS({"node_modules/@grpc/grpc-js/build/src/backoff-timeout.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.BackoffTimeout=void 0;var constants_1=require_constants(),logging=require_logging(),TRACER_NAME="backoff",INITIAL_BACKOFF_MS=1e3,BACKOFF_MULTIPLIER=1.6,
MAX_BACKOFF_MS=12e4,BACKOFF_JITTER=.2;function uniformRandom(min,max){return Math.random()*(max-min)+min}var BackoffTimeout=class _BackoffTimeout{constructor(callback,options){
this.callback=callback,this.initialDelay=INITIAL_BACKOFF_MS,this.multiplier=BACKOFF_MULTIPLIER,this.maxDelay=MAX_BACKOFF_MS,this.jitter=BACKOFF_JITTER,this.running=
!1,this.hasRef=!0,this.startTime=new Date,this.endTime=new Date,this.id=_BackoffTimeout.getNextId(),options&&(options.initialDelay&&(this.initialDelay=options.initialDelay),
options.multiplier&&(this.multiplier=options.multiplier),options.jitter&&(this.jitter=options.jitter),options.maxDelay&&(this.maxDelay=options.maxDelay)),this.traceEnabled&&
this.trace("constructed initialDelay="+this.initialDelay+" multiplier="+this.multiplier+" jitter="+this.jitter+" maxDelay="+this.maxDelay),this.nextDelay=this.initialDelay,
this.timerId=setTimeout(()=>{},0),clearTimeout(this.timerId)}static getNextId(){return this.nextId++}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){
this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"{"+this.id+"} "+text)}runTimer(delay){var _a,_b;this.traceEnabled&&this.trace("runT\
imer(delay="+delay+")"),this.endTime=this.startTime,this.endTime.setMilliseconds(this.endTime.getMilliseconds()+delay),clearTimeout(this.timerId),this.timerId=setTimeout(
()=>{this.trace("timer fired"),this.running=!1,this.callback()},delay),this.hasRef||(_b=(_a=this.timerId).unref)===null||_b===void 0||_b.call(_a)}runOnce(){this.
trace("runOnce()"),this.running=!0,this.startTime=new Date,this.runTimer(this.nextDelay);let nextBackoff=Math.min(this.nextDelay*this.multiplier,this.maxDelay),
jitterMagnitude=nextBackoff*this.jitter;this.nextDelay=nextBackoff+uniformRandom(-jitterMagnitude,jitterMagnitude)}stop(){this.trace("stop()"),clearTimeout(this.
timerId),this.running=!1}reset(){if(this.traceEnabled&&this.trace("reset() running="+this.running),this.nextDelay=this.initialDelay,this.running){let now=new Date,
newEndTime=this.startTime;newEndTime.setMilliseconds(newEndTime.getMilliseconds()+this.nextDelay),clearTimeout(this.timerId),now<newEndTime?this.runTimer(newEndTime.
getTime()-now.getTime()):this.running=!1}}isRunning(){return this.running}ref(){var _a,_b;this.hasRef=!0,(_b=(_a=this.timerId).ref)===null||_b===void 0||_b.call(
_a)}unref(){var _a,_b;this.hasRef=!1,(_b=(_a=this.timerId).unref)===null||_b===void 0||_b.call(_a)}getEndTime(){return this.endTime}};exports.BackoffTimeout=BackoffTimeout;
BackoffTimeout.nextId=0}});var require_load_balancer_child_handler=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer-child-handler.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.ChildLoadBalancerHandler=void 0;var load_balancer_1=require_load_balancer(),connectivity_state_1=require_connectivity_state(),
TYPE_NAME="child_load_balancer_helper",ChildLoadBalancerHandler=class{constructor(channelControlHelper){this.channelControlHelper=channelControlHelper,this.currentChild=
null,this.pendingChild=null,this.latestConfig=null,this.ChildPolicyHelper=class{constructor(parent){this.parent=parent,this.child=null}createSubchannel(subchannelAddress,subchannelArgs){
return this.parent.channelControlHelper.createSubchannel(subchannelAddress,subchannelArgs)}updateState(connectivityState,picker,errorMessage){var _a;if(this.calledByPendingChild()){
if(connectivityState===connectivity_state_1.ConnectivityState.CONNECTING)return;(_a=this.parent.currentChild)===null||_a===void 0||_a.destroy(),this.parent.currentChild=
this.parent.pendingChild,this.parent.pendingChild=null}else if(!this.calledByCurrentChild())return;this.parent.channelControlHelper.updateState(connectivityState,
picker,errorMessage)}requestReresolution(){var _a;let latestChild=(_a=this.parent.pendingChild)!==null&&_a!==void 0?_a:this.parent.currentChild;this.child===latestChild&&
this.parent.channelControlHelper.requestReresolution()}setChild(newChild){this.child=newChild}addChannelzChild(child){this.parent.channelControlHelper.addChannelzChild(
child)}removeChannelzChild(child){this.parent.channelControlHelper.removeChannelzChild(child)}calledByPendingChild(){return this.child===this.parent.pendingChild}calledByCurrentChild(){
return this.child===this.parent.currentChild}}}configUpdateRequiresNewPolicyInstance(oldConfig,newConfig){return oldConfig.getLoadBalancerName()!==newConfig.getLoadBalancerName()}updateAddressList(endpointList,lbConfig,options,resolutionNote){
let childToUpdate;if(this.currentChild===null||this.latestConfig===null||this.configUpdateRequiresNewPolicyInstance(this.latestConfig,lbConfig)){let newHelper=new this.
ChildPolicyHelper(this),newChild=(0,load_balancer_1.createLoadBalancer)(lbConfig,newHelper);newHelper.setChild(newChild),this.currentChild===null?(this.currentChild=
newChild,childToUpdate=this.currentChild):(this.pendingChild&&this.pendingChild.destroy(),this.pendingChild=newChild,childToUpdate=this.pendingChild)}else this.
pendingChild===null?childToUpdate=this.currentChild:childToUpdate=this.pendingChild;return this.latestConfig=lbConfig,childToUpdate.updateAddressList(endpointList,
lbConfig,options,resolutionNote)}exitIdle(){this.currentChild&&(this.currentChild.exitIdle(),this.pendingChild&&this.pendingChild.exitIdle())}resetBackoff(){this.
currentChild&&(this.currentChild.resetBackoff(),this.pendingChild&&this.pendingChild.resetBackoff())}destroy(){this.currentChild&&(this.currentChild.destroy(),this.
currentChild=null),this.pendingChild&&(this.pendingChild.destroy(),this.pendingChild=null)}getTypeName(){return TYPE_NAME}};exports.ChildLoadBalancerHandler=ChildLoadBalancerHandler}});var require_resolving_load_balancer=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolving-load-balancer.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.ResolvingLoadBalancer=void 0;exports.getDefaultConfigSelector=getDefaultConfigSelector;var load_balancer_1=require_load_balancer(),
service_config_1=require_service_config(),connectivity_state_1=require_connectivity_state(),resolver_1=require_resolver(),picker_1=require_picker(),backoff_timeout_1=require_backoff_timeout(),
constants_1=require_constants(),metadata_1=require_metadata(),logging=require_logging(),constants_2=require_constants(),uri_parser_1=require_uri_parser(),load_balancer_child_handler_1=require_load_balancer_child_handler(),
TRACER_NAME="resolving_load_balancer";function trace(text){logging.trace(constants_2.LogVerbosity.DEBUG,TRACER_NAME,text)}var NAME_MATCH_LEVEL_ORDER=["SERVICE_A\
ND_METHOD","SERVICE","EMPTY"];function hasMatchingName(service,method,methodConfig,matchLevel){for(let name of methodConfig.name)switch(matchLevel){case"EMPTY":
if(!name.service&&!name.method)return!0;break;case"SERVICE":if(name.service===service&&!name.method)return!0;break;case"SERVICE_AND_METHOD":if(name.service===service&&
name.method===method)return!0}return!1}function findMatchingConfig(service,method,methodConfigs,matchLevel){for(let config of methodConfigs)if(hasMatchingName(service,
method,config,matchLevel))return config;return null}var MAX_CACHED_METHOD_CONFIGS=100;function getDefaultConfigSelector(serviceConfig){let methodConfigCache=new Map;
return{invoke(methodName,metadata,channelId){var _a,_b;let matchingConfig=methodConfigCache.get(methodName);if(matchingConfig===void 0){let splitName=methodName.
split("/").filter(x=>x.length>0),service=(_a=splitName[0])!==null&&_a!==void 0?_a:"",method=(_b=splitName[1])!==null&&_b!==void 0?_b:"";if(matchingConfig={name:[]},
serviceConfig&&serviceConfig.methodConfig)for(let matchLevel of NAME_MATCH_LEVEL_ORDER){let foundConfig=findMatchingConfig(service,method,serviceConfig.methodConfig,
matchLevel);if(foundConfig){matchingConfig=foundConfig;break}}methodConfigCache.size<MAX_CACHED_METHOD_CONFIGS&&methodConfigCache.set(methodName,matchingConfig)}
return{methodConfig:matchingConfig,pickInformation:{},status:constants_1.Status.OK,dynamicFilterFactories:[]}},unref(){methodConfigCache.clear()}}}var ResolvingLoadBalancer=class{constructor(target,channelControlHelper,channelOptions,onSuccessfulResolution,onFailedResolution){
this.target=target,this.channelControlHelper=channelControlHelper,this.channelOptions=channelOptions,this.onSuccessfulResolution=onSuccessfulResolution,this.onFailedResolution=
onFailedResolution,this.latestChildState=connectivity_state_1.ConnectivityState.IDLE,this.latestChildPicker=new picker_1.QueuePicker(this),this.latestChildErrorMessage=
null,this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.previousServiceConfig=null,this.continueResolving=!1,channelOptions["grpc.service_config"]?
this.defaultServiceConfig=(0,service_config_1.validateServiceConfig)(JSON.parse(channelOptions["grpc.service_config"])):this.defaultServiceConfig={loadBalancingConfig:[],
methodConfig:[]},this.updateState(connectivity_state_1.ConnectivityState.IDLE,new picker_1.QueuePicker(this),null),this.childLoadBalancer=new load_balancer_child_handler_1.
ChildLoadBalancerHandler({createSubchannel:channelControlHelper.createSubchannel.bind(channelControlHelper),requestReresolution:()=>{this.backoffTimeout.isRunning()?
(trace("requestReresolution delayed by backoff timer until "+this.backoffTimeout.getEndTime().toISOString()),this.continueResolving=!0):this.updateResolution()},
updateState:(newState,picker,errorMessage)=>{this.latestChildState=newState,this.latestChildPicker=picker,this.latestChildErrorMessage=errorMessage,this.updateState(
newState,picker,errorMessage)},addChannelzChild:channelControlHelper.addChannelzChild.bind(channelControlHelper),removeChannelzChild:channelControlHelper.removeChannelzChild.
bind(channelControlHelper)}),this.innerResolver=(0,resolver_1.createResolver)(target,this.handleResolverResult.bind(this),channelOptions);let backoffOptions={initialDelay:channelOptions["\
grpc.initial_reconnect_backoff_ms"],maxDelay:channelOptions["grpc.max_reconnect_backoff_ms"]};this.backoffTimeout=new backoff_timeout_1.BackoffTimeout(()=>{this.
continueResolving?(this.updateResolution(),this.continueResolving=!1):this.updateState(this.latestChildState,this.latestChildPicker,this.latestChildErrorMessage)},
backoffOptions),this.backoffTimeout.unref()}handleResolverResult(endpointList,attributes,serviceConfig,resolutionNote){var _a,_b;this.backoffTimeout.stop(),this.
backoffTimeout.reset();let resultAccepted=!0,workingServiceConfig=null;if(serviceConfig===null?workingServiceConfig=this.defaultServiceConfig:serviceConfig.ok?workingServiceConfig=
serviceConfig.value:this.previousServiceConfig!==null?workingServiceConfig=this.previousServiceConfig:(resultAccepted=!1,this.handleResolutionFailure(serviceConfig.
error)),workingServiceConfig!==null){let workingConfigList=(_a=workingServiceConfig?.loadBalancingConfig)!==null&&_a!==void 0?_a:[],loadBalancingConfig=(0,load_balancer_1.
selectLbConfigFromList)(workingConfigList,!0);loadBalancingConfig===null?(resultAccepted=!1,this.handleResolutionFailure({code:constants_1.Status.UNAVAILABLE,details:"\
All load balancer options in service config are not compatible",metadata:new metadata_1.Metadata})):resultAccepted=this.childLoadBalancer.updateAddressList(endpointList,
loadBalancingConfig,Object.assign(Object.assign({},this.channelOptions),attributes),resolutionNote)}return resultAccepted&&this.onSuccessfulResolution(workingServiceConfig,
(_b=attributes[resolver_1.CHANNEL_ARGS_CONFIG_SELECTOR_KEY])!==null&&_b!==void 0?_b:getDefaultConfigSelector(workingServiceConfig)),resultAccepted}updateResolution(){
this.innerResolver.updateResolution(),this.currentState===connectivity_state_1.ConnectivityState.IDLE&&this.updateState(connectivity_state_1.ConnectivityState.CONNECTING,
this.latestChildPicker,this.latestChildErrorMessage),this.backoffTimeout.runOnce()}updateState(connectivityState,picker,errorMessage){trace((0,uri_parser_1.uriToString)(
this.target)+" "+connectivity_state_1.ConnectivityState[this.currentState]+" -> "+connectivity_state_1.ConnectivityState[connectivityState]),connectivityState===
connectivity_state_1.ConnectivityState.IDLE&&(picker=new picker_1.QueuePicker(this,picker)),this.currentState=connectivityState,this.channelControlHelper.updateState(
connectivityState,picker,errorMessage)}handleResolutionFailure(error){this.latestChildState===connectivity_state_1.ConnectivityState.IDLE&&(this.updateState(connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker(error),error.details),this.onFailedResolution(error))}exitIdle(){(this.currentState===connectivity_state_1.
ConnectivityState.IDLE||this.currentState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE)&&(this.backoffTimeout.isRunning()?this.continueResolving=!0:
this.updateResolution()),this.childLoadBalancer.exitIdle()}updateAddressList(endpointList,lbConfig){throw new Error("updateAddressList not supported on Resolvin\
gLoadBalancer")}resetBackoff(){this.backoffTimeout.reset(),this.childLoadBalancer.resetBackoff()}destroy(){this.childLoadBalancer.destroy(),this.innerResolver.destroy(),
this.backoffTimeout.reset(),this.backoffTimeout.stop(),this.latestChildState=connectivity_state_1.ConnectivityState.IDLE,this.latestChildPicker=new picker_1.QueuePicker(
this),this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.previousServiceConfig=null,this.continueResolving=!1}getTypeName(){return"resolving_loa\
d_balancer"}};exports.ResolvingLoadBalancer=ResolvingLoadBalancer}});var require_channel_options=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel-options.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.recognizedOptions=void 0;exports.channelOptionsEqual=channelOptionsEqual;exports.recognizedOptions={"grpc.ssl_target_name_override":!0,"g\
rpc.primary_user_agent":!0,"grpc.secondary_user_agent":!0,"grpc.default_authority":!0,"grpc.keepalive_time_ms":!0,"grpc.keepalive_timeout_ms":!0,"grpc.keepalive\
_permit_without_calls":!0,"grpc.service_config":!0,"grpc.max_concurrent_streams":!0,"grpc.initial_reconnect_backoff_ms":!0,"grpc.max_reconnect_backoff_ms":!0,"g\
rpc.use_local_subchannel_pool":!0,"grpc.max_send_message_length":!0,"grpc.max_receive_message_length":!0,"grpc.enable_http_proxy":!0,"grpc.enable_channelz":!0,"\
grpc.dns_min_time_between_resolutions_ms":!0,"grpc.enable_retries":!0,"grpc.per_rpc_retry_buffer_size":!0,"grpc.retry_buffer_size":!0,"grpc.max_connection_age_m\
s":!0,"grpc.max_connection_age_grace_ms":!0,"grpc-node.max_session_memory":!0,"grpc.service_config_disable_resolution":!0,"grpc.client_idle_timeout_ms":!0,"grpc\
-node.tls_enable_trace":!0,"grpc.lb.ring_hash.ring_size_cap":!0,"grpc-node.retry_max_attempts_limit":!0,"grpc-node.flow_control_window":!0,"grpc.server_call_met\
ric_recording":!0};function channelOptionsEqual(options1,options2){let keys1=Object.keys(options1).sort(),keys2=Object.keys(options2).sort();if(keys1.length!==keys2.
length)return!1;for(let i=0;i<keys1.length;i+=1)if(keys1[i]!==keys2[i]||options1[keys1[i]]!==options2[keys2[i]])return!1;return!0}}});var require_subchannel_address=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-address.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.EndpointMap=void 0;exports.isTcpSubchannelAddress=isTcpSubchannelAddress;exports.subchannelAddressEqual=subchannelAddressEqual;exports.
subchannelAddressToString=subchannelAddressToString;exports.stringToSubchannelAddress=stringToSubchannelAddress;exports.endpointEqual=endpointEqual;exports.endpointToString=
endpointToString;exports.endpointHasAddress=endpointHasAddress;var net_1=__require("net");function isTcpSubchannelAddress(address){return"port"in address}function subchannelAddressEqual(address1,address2){
return!address1&&!address2?!0:!address1||!address2?!1:isTcpSubchannelAddress(address1)?isTcpSubchannelAddress(address2)&&address1.host===address2.host&&address1.
port===address2.port:!isTcpSubchannelAddress(address2)&&address1.path===address2.path}function subchannelAddressToString(address){return isTcpSubchannelAddress(
address)?(0,net_1.isIPv6)(address.host)?"["+address.host+"]:"+address.port:address.host+":"+address.port:address.path}var DEFAULT_PORT=443;function stringToSubchannelAddress(addressString,port){
return(0,net_1.isIP)(addressString)?{host:addressString,port:port??DEFAULT_PORT}:{path:addressString}}function endpointEqual(endpoint1,endpoint2){if(endpoint1.addresses.
length!==endpoint2.addresses.length)return!1;for(let i=0;i<endpoint1.addresses.length;i++)if(!subchannelAddressEqual(endpoint1.addresses[i],endpoint2.addresses[i]))
return!1;return!0}function endpointToString(endpoint){return"["+endpoint.addresses.map(subchannelAddressToString).join(", ")+"]"}function endpointHasAddress(endpoint,expectedAddress){
for(let address of endpoint.addresses)if(subchannelAddressEqual(address,expectedAddress))return!0;return!1}function endpointEqualUnordered(endpoint1,endpoint2){
if(endpoint1.addresses.length!==endpoint2.addresses.length)return!1;for(let address1 of endpoint1.addresses){let matchFound=!1;for(let address2 of endpoint2.addresses)
if(subchannelAddressEqual(address1,address2)){matchFound=!0;break}if(!matchFound)return!1}return!0}var EndpointMap=class{constructor(){this.map=new Set}get size(){
return this.map.size}getForSubchannelAddress(address){for(let entry of this.map)if(endpointHasAddress(entry.key,address))return entry.value}deleteMissing(endpoints){
let removedValues=[];for(let entry of this.map){let foundEntry=!1;for(let endpoint of endpoints)endpointEqualUnordered(endpoint,entry.key)&&(foundEntry=!0);foundEntry||
(removedValues.push(entry.value),this.map.delete(entry))}return removedValues}get(endpoint){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key))
return entry.value}set(endpoint,mapEntry){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key)){entry.value=mapEntry;return}this.map.add({key:endpoint,
value:mapEntry})}delete(endpoint){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key)){this.map.delete(entry);return}}has(endpoint){for(let entry of this.
map)if(endpointEqualUnordered(endpoint,entry.key))return!0;return!1}clear(){this.map.clear()}*keys(){for(let entry of this.map)yield entry.key}*values(){for(let entry of this.
map)yield entry.value}*entries(){for(let entry of this.map)yield[entry.key,entry.value]}};exports.EndpointMap=EndpointMap}});var require_cjs=__commonJS({"node_modules/@js-sdsl/ordered-map/dist/cjs/index.js"(exports){"use strict";Object.defineProperty(exports,"t",{value:!0});var TreeNode=class{constructor(t,e,s=1){
this.i=void 0,this.h=void 0,this.o=void 0,this.u=t,this.l=e,this.p=s}I(){let t=this,e=t.o.o===t;if(e&&t.p===1)t=t.h;else if(t.i)for(t=t.i;t.h;)t=t.h;else{if(e)return t.
o;let s=t.o;for(;s.i===t;)t=s,s=t.o;t=s}return t}B(){let t=this;if(t.h){for(t=t.h;t.i;)t=t.i;return t}else{let e=t.o;for(;e.h===t;)t=e,e=t.o;return t.h!==e?e:t}}_(){
let t=this.o,e=this.h,s=e.i;return t.o===this?t.o=e:t.i===this?t.i=e:t.h=e,e.o=t,e.i=this,this.o=e,this.h=s,s&&(s.o=this),e}g(){let t=this.o,e=this.i,s=e.h;return t.
o===this?t.o=e:t.i===this?t.i=e:t.h=e,e.o=t,e.h=this,this.o=e,this.i=s,s&&(s.o=this),e}},TreeNodeEnableIndex=class extends TreeNode{constructor(){super(...arguments),
this.M=1}_(){let t=super._();return this.O(),t.O(),t}g(){let t=super.g();return this.O(),t.O(),t}O(){this.M=1,this.i&&(this.M+=this.i.M),this.h&&(this.M+=this.h.
M)}},ContainerIterator=class{constructor(t=0){this.iteratorType=t}equals(t){return this.T===t.T}},Base=class{constructor(){this.m=0}get length(){return this.m}size(){
return this.m}empty(){return this.m===0}},Container=class extends Base{};function throwIteratorAccessError(){throw new RangeError("Iterator access denied!")}var TreeContainer=class extends Container{constructor(t=function(t2,e2){
return t2<e2?-1:t2>e2?1:0},e=!1){super(),this.v=void 0,this.A=t,this.enableIndex=e,this.N=e?TreeNodeEnableIndex:TreeNode,this.C=new this.N}R(t,e){let s=this.C;for(;t;){
let i=this.A(t.u,e);if(i<0)t=t.h;else if(i>0)s=t,t=t.i;else return t}return s}K(t,e){let s=this.C;for(;t;)this.A(t.u,e)<=0?t=t.h:(s=t,t=t.i);return s}L(t,e){let s=this.
C;for(;t;){let i=this.A(t.u,e);if(i<0)s=t,t=t.h;else if(i>0)t=t.i;else return t}return s}k(t,e){let s=this.C;for(;t;)this.A(t.u,e)<0?(s=t,t=t.h):t=t.i;return s}P(t){
for(;;){let e=t.o;if(e===this.C)return;if(t.p===1){t.p=0;return}if(t===e.i){let s=e.h;if(s.p===1)s.p=0,e.p=1,e===this.v?this.v=e._():e._();else if(s.h&&s.h.p===
1){s.p=e.p,e.p=0,s.h.p=0,e===this.v?this.v=e._():e._();return}else s.i&&s.i.p===1?(s.p=1,s.i.p=0,s.g()):(s.p=1,t=e)}else{let s=e.i;if(s.p===1)s.p=0,e.p=1,e===this.
v?this.v=e.g():e.g();else if(s.i&&s.i.p===1){s.p=e.p,e.p=0,s.i.p=0,e===this.v?this.v=e.g():e.g();return}else s.h&&s.h.p===1?(s.p=1,s.h.p=0,s._()):(s.p=1,t=e)}}}S(t){
if(this.m===1){this.clear();return}let e=t;for(;e.i||e.h;){if(e.h)for(e=e.h;e.i;)e=e.i;else e=e.i;let s2=t.u;t.u=e.u,e.u=s2;let i=t.l;t.l=e.l,e.l=i,t=e}this.C.i===
e?this.C.i=e.o:this.C.h===e&&(this.C.h=e.o),this.P(e);let s=e.o;if(e===s.i?s.i=void 0:s.h=void 0,this.m-=1,this.v.p=0,this.enableIndex)for(;s!==this.C;)s.M-=1,s=
s.o}U(t){let e=typeof t=="number"?t:void 0,s=typeof t=="function"?t:void 0,i=typeof t>"u"?[]:void 0,r=0,n=this.v,h=[];for(;h.length||n;)if(n)h.push(n),n=n.i;else{
if(n=h.pop(),r===e)return n;i&&i.push(n),s&&s(n,r,this),r+=1,n=n.h}return i}j(t){for(;;){let e=t.o;if(e.p===0)return;let s=e.o;if(e===s.i){let i=s.h;if(i&&i.p===
1){if(i.p=e.p=0,s===this.v)return;s.p=1,t=s;continue}else if(t===e.h){if(t.p=0,t.i&&(t.i.o=e),t.h&&(t.h.o=s),e.h=t.i,s.i=t.h,t.i=e,t.h=s,s===this.v)this.v=t,this.
C.o=t;else{let e2=s.o;e2.i===s?e2.i=t:e2.h=t}t.o=s.o,e.o=t,s.o=t,s.p=1}else{e.p=0,s===this.v?this.v=s.g():s.g(),s.p=1;return}}else{let i=s.i;if(i&&i.p===1){if(i.
p=e.p=0,s===this.v)return;s.p=1,t=s;continue}else if(t===e.i){if(t.p=0,t.i&&(t.i.o=s),t.h&&(t.h.o=e),s.h=t.i,e.i=t.h,t.i=s,t.h=e,s===this.v)this.v=t,this.C.o=t;else{
let e2=s.o;e2.i===s?e2.i=t:e2.h=t}t.o=s.o,e.o=t,s.o=t,s.p=1}else{e.p=0,s===this.v?this.v=s._():s._(),s.p=1;return}}this.enableIndex&&(e.O(),s.O(),t.O());return}}q(t,e,s){
if(this.v===void 0)return this.m+=1,this.v=new this.N(t,e,0),this.v.o=this.C,this.C.o=this.C.i=this.C.h=this.v,this.m;let i,r=this.C.i,n=this.A(r.u,t);if(n===0)
return r.l=e,this.m;if(n>0)r.i=new this.N(t,e),r.i.o=r,i=r.i,this.C.i=i;else{let r2=this.C.h,n2=this.A(r2.u,t);if(n2===0)return r2.l=e,this.m;if(n2<0)r2.h=new this.
N(t,e),r2.h.o=r2,i=r2.h,this.C.h=i;else{if(s!==void 0){let r3=s.T;if(r3!==this.C){let s2=this.A(r3.u,t);if(s2===0)return r3.l=e,this.m;if(s2>0){let s3=r3.I(),n3=this.
A(s3.u,t);if(n3===0)return s3.l=e,this.m;n3<0&&(i=new this.N(t,e),s3.h===void 0?(s3.h=i,i.o=s3):(r3.i=i,i.o=r3))}}}if(i===void 0)for(i=this.v;;){let s2=this.A(i.
u,t);if(s2>0){if(i.i===void 0){i.i=new this.N(t,e),i.i.o=i,i=i.i;break}i=i.i}else if(s2<0){if(i.h===void 0){i.h=new this.N(t,e),i.h.o=i,i=i.h;break}i=i.h}else return i.
l=e,this.m}}}if(this.enableIndex){let t2=i.o;for(;t2!==this.C;)t2.M+=1,t2=t2.o}return this.j(i),this.m+=1,this.m}H(t,e){for(;t;){let s=this.A(t.u,e);if(s<0)t=t.
h;else if(s>0)t=t.i;else return t}return t||this.C}clear(){this.m=0,this.v=void 0,this.C.o=void 0,this.C.i=this.C.h=void 0}updateKeyByIterator(t,e){let s=t.T;if(s===
this.C&&throwIteratorAccessError(),this.m===1)return s.u=e,!0;let i=s.B().u;if(s===this.C.i)return this.A(i,e)>0?(s.u=e,!0):!1;let r=s.I().u;return s===this.C.h?
this.A(r,e)<0?(s.u=e,!0):!1:this.A(r,e)>=0||this.A(i,e)<=0?!1:(s.u=e,!0)}eraseElementByPos(t){if(t<0||t>this.m-1)throw new RangeError;let e=this.U(t);return this.
S(e),this.m}eraseElementByKey(t){if(this.m===0)return!1;let e=this.H(this.v,t);return e===this.C?!1:(this.S(e),!0)}eraseElementByIterator(t){let e=t.T;e===this.
C&&throwIteratorAccessError();let s=e.h===void 0;return t.iteratorType===0?s&&t.next():(!s||e.i===void 0)&&t.next(),this.S(e),t}getHeight(){if(this.m===0)return 0;
function traversal(t){return t?Math.max(traversal(t.i),traversal(t.h))+1:0}return traversal(this.v)}},TreeIterator=class extends ContainerIterator{constructor(t,e,s){
super(s),this.T=t,this.C=e,this.iteratorType===0?(this.pre=function(){return this.T===this.C.i&&throwIteratorAccessError(),this.T=this.T.I(),this},this.next=function(){
return this.T===this.C&&throwIteratorAccessError(),this.T=this.T.B(),this}):(this.pre=function(){return this.T===this.C.h&&throwIteratorAccessError(),this.T=this.
T.B(),this},this.next=function(){return this.T===this.C&&throwIteratorAccessError(),this.T=this.T.I(),this})}get index(){let t=this.T,e=this.C.o;if(t===this.C)return e?
e.M-1:0;let s=0;for(t.i&&(s+=t.i.M);t!==e;){let e2=t.o;t===e2.h&&(s+=1,e2.i&&(s+=e2.i.M)),t=e2}return s}isAccessible(){return this.T!==this.C}},OrderedMapIterator=class _OrderedMapIterator extends TreeIterator{constructor(t,e,s,i){
super(t,e,i),this.container=s}get pointer(){this.T===this.C&&throwIteratorAccessError();let t=this;return new Proxy([],{get(e,s){return s==="0"?t.T.u:s==="1"?t.
T.l:(e[0]=t.T.u,e[1]=t.T.l,e[s])},set(e,s,i){if(s!=="1")throw new TypeError("prop must be 1");return t.T.l=i,!0}})}copy(){return new _OrderedMapIterator(this.T,
this.C,this.container,this.iteratorType)}},OrderedMap=class extends TreeContainer{constructor(t=[],e,s){super(e,s);let i=this;t.forEach((function(t2){i.setElement(
t2[0],t2[1])}))}begin(){return new OrderedMapIterator(this.C.i||this.C,this.C,this)}end(){return new OrderedMapIterator(this.C,this.C,this)}rBegin(){return new OrderedMapIterator(
this.C.h||this.C,this.C,this,1)}rEnd(){return new OrderedMapIterator(this.C,this.C,this,1)}front(){if(this.m===0)return;let t=this.C.i;return[t.u,t.l]}back(){if(this.
m===0)return;let t=this.C.h;return[t.u,t.l]}lowerBound(t){let e=this.R(this.v,t);return new OrderedMapIterator(e,this.C,this)}upperBound(t){let e=this.K(this.v,
t);return new OrderedMapIterator(e,this.C,this)}reverseLowerBound(t){let e=this.L(this.v,t);return new OrderedMapIterator(e,this.C,this)}reverseUpperBound(t){let e=this.
k(this.v,t);return new OrderedMapIterator(e,this.C,this)}forEach(t){this.U((function(e,s,i){t([e.u,e.l],s,i)}))}setElement(t,e,s){return this.q(t,e,s)}getElementByPos(t){
if(t<0||t>this.m-1)throw new RangeError;let e=this.U(t);return[e.u,e.l]}find(t){let e=this.H(this.v,t);return new OrderedMapIterator(e,this.C,this)}getElementByKey(t){
return this.H(this.v,t).l}union(t){let e=this;return t.forEach((function(t2){e.setElement(t2[0],t2[1])})),this.m}*[Symbol.iterator](){let t=this.m,e=this.U();for(let s=0;s<
t;++s){let t2=e[s];yield[t2.u,t2.l]}}};exports.OrderedMap=OrderedMap}});var require_admin=__commonJS({"node_modules/@grpc/grpc-js/build/src/admin.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
registerAdminService=registerAdminService;exports.addAdminServicesToServer=addAdminServicesToServer;var registeredAdminServices=[];function registerAdminService(getServiceDefinition,getHandlers){
registeredAdminServices.push({getServiceDefinition,getHandlers})}function addAdminServicesToServer(server){for(let{getServiceDefinition,getHandlers}of registeredAdminServices)
server.addService(getServiceDefinition(),getHandlers())}}});var require_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
ClientDuplexStreamImpl=exports.ClientWritableStreamImpl=exports.ClientReadableStreamImpl=exports.ClientUnaryCallImpl=void 0;exports.callErrorFromStatus=callErrorFromStatus;
var events_1=__require("events"),stream_1=__require("stream"),constants_1=require_constants();function callErrorFromStatus(status,callerStack){let message=`${status.
code} ${constants_1.Status[status.code]}: ${status.details}`,stack=`${new Error(message).stack}
for call at
${callerStack}`;return Object.assign(new Error(message),status,{stack})}var ClientUnaryCallImpl=class extends events_1.EventEmitter{constructor(){super()}cancel(){
var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===
null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==
null&&_b!==void 0?_b:null}};exports.ClientUnaryCallImpl=ClientUnaryCallImpl;var ClientReadableStreamImpl=class extends stream_1.Readable{constructor(deserialize){
super({objectMode:!0}),this.deserialize=deserialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancel\
led on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;
return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_read(_size){var _a;(_a=this.call)===null||_a===void 0||_a.
startRead()}};exports.ClientReadableStreamImpl=ClientReadableStreamImpl;var ClientWritableStreamImpl=class extends stream_1.Writable{constructor(serialize){super(
{objectMode:!0}),this.serialize=serialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled on cli\
ent")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;return(_b=
(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_write(chunk,encoding,cb){var _a;let context={callback:cb},flags=Number(
encoding);Number.isNaN(flags)||(context.flags=flags),(_a=this.call)===null||_a===void 0||_a.sendMessageWithContext(context,chunk)}_final(cb){var _a;(_a=this.call)===
null||_a===void 0||_a.halfClose(),cb()}};exports.ClientWritableStreamImpl=ClientWritableStreamImpl;var ClientDuplexStreamImpl=class extends stream_1.Duplex{constructor(serialize,deserialize){
super({objectMode:!0}),this.serialize=serialize,this.deserialize=deserialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.
Status.CANCELLED,"Cancelled on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){
var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_read(_size){var _a;(_a=this.call)===null||_a===void 0||
_a.startRead()}_write(chunk,encoding,cb){var _a;let context={callback:cb},flags=Number(encoding);Number.isNaN(flags)||(context.flags=flags),(_a=this.call)===null||
_a===void 0||_a.sendMessageWithContext(context,chunk)}_final(cb){var _a;(_a=this.call)===null||_a===void 0||_a.halfClose(),cb()}};exports.ClientDuplexStreamImpl=
ClientDuplexStreamImpl}});var require_call_interface=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-interface.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.InterceptingListenerImpl=void 0;exports.statusOrFromValue=statusOrFromValue;exports.statusOrFromError=statusOrFromError;exports.isInterceptingListener=
isInterceptingListener;var metadata_1=require_metadata();function statusOrFromValue(value){return{ok:!0,value}}function statusOrFromError(error){var _a;return{ok:!1,
error:Object.assign(Object.assign({},error),{metadata:(_a=error.metadata)!==null&&_a!==void 0?_a:new metadata_1.Metadata})}}function isInterceptingListener(listener){
return listener.onReceiveMetadata!==void 0&&listener.onReceiveMetadata.length===1}var InterceptingListenerImpl=class{constructor(listener,nextListener){this.listener=
listener,this.nextListener=nextListener,this.processingMetadata=!1,this.hasPendingMessage=!1,this.processingMessage=!1,this.pendingStatus=null}processPendingMessage(){
this.hasPendingMessage&&(this.nextListener.onReceiveMessage(this.pendingMessage),this.pendingMessage=null,this.hasPendingMessage=!1)}processPendingStatus(){this.
pendingStatus&&this.nextListener.onReceiveStatus(this.pendingStatus)}onReceiveMetadata(metadata){this.processingMetadata=!0,this.listener.onReceiveMetadata(metadata,
metadata2=>{this.processingMetadata=!1,this.nextListener.onReceiveMetadata(metadata2),this.processPendingMessage(),this.processPendingStatus()})}onReceiveMessage(message){
this.processingMessage=!0,this.listener.onReceiveMessage(message,msg=>{this.processingMessage=!1,this.processingMetadata?(this.pendingMessage=msg,this.hasPendingMessage=
!0):(this.nextListener.onReceiveMessage(msg),this.processPendingStatus())})}onReceiveStatus(status){this.listener.onReceiveStatus(status,processedStatus=>{this.
processingMetadata||this.processingMessage?this.pendingStatus=processedStatus:this.nextListener.onReceiveStatus(processedStatus)})}};exports.InterceptingListenerImpl=
InterceptingListenerImpl}});var require_client_interceptors=__commonJS({"node_modules/@grpc/grpc-js/build/src/client-interceptors.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.InterceptingCall=exports.RequesterBuilder=exports.ListenerBuilder=exports.InterceptorConfigurationError=void 0;exports.getInterceptingCall=
getInterceptingCall;var metadata_1=require_metadata(),call_interface_1=require_call_interface(),constants_1=require_constants(),error_1=require_error(),InterceptorConfigurationError=class _InterceptorConfigurationError extends Error{constructor(message){
super(message),this.name="InterceptorConfigurationError",Error.captureStackTrace(this,_InterceptorConfigurationError)}};exports.InterceptorConfigurationError=InterceptorConfigurationError;
var ListenerBuilder=class{constructor(){this.metadata=void 0,this.message=void 0,this.status=void 0}withOnReceiveMetadata(onReceiveMetadata){return this.metadata=
onReceiveMetadata,this}withOnReceiveMessage(onReceiveMessage){return this.message=onReceiveMessage,this}withOnReceiveStatus(onReceiveStatus){return this.status=
onReceiveStatus,this}build(){return{onReceiveMetadata:this.metadata,onReceiveMessage:this.message,onReceiveStatus:this.status}}};exports.ListenerBuilder=ListenerBuilder;
var RequesterBuilder=class{constructor(){this.start=void 0,this.message=void 0,this.halfClose=void 0,this.cancel=void 0}withStart(start){return this.start=start,
this}withSendMessage(sendMessage){return this.message=sendMessage,this}withHalfClose(halfClose){return this.halfClose=halfClose,this}withCancel(cancel){return this.
cancel=cancel,this}build(){return{start:this.start,sendMessage:this.message,halfClose:this.halfClose,cancel:this.cancel}}};exports.RequesterBuilder=RequesterBuilder;
var defaultListener={onReceiveMetadata:(metadata,next)=>{next(metadata)},onReceiveMessage:(message,next)=>{next(message)},onReceiveStatus:(status,next)=>{next(status)}},
defaultRequester={start:(metadata,listener,next)=>{next(metadata,listener)},sendMessage:(message,next)=>{next(message)},halfClose:next=>{next()},cancel:next=>{next()}},
InterceptingCall=class{constructor(nextCall,requester){var _a,_b,_c,_d;this.nextCall=nextCall,this.processingMetadata=!1,this.pendingMessageContext=null,this.processingMessage=
!1,this.pendingHalfClose=!1,requester?this.requester={start:(_a=requester.start)!==null&&_a!==void 0?_a:defaultRequester.start,sendMessage:(_b=requester.sendMessage)!==
null&&_b!==void 0?_b:defaultRequester.sendMessage,halfClose:(_c=requester.halfClose)!==null&&_c!==void 0?_c:defaultRequester.halfClose,cancel:(_d=requester.cancel)!==
null&&_d!==void 0?_d:defaultRequester.cancel}:this.requester=defaultRequester}cancelWithStatus(status,details){this.requester.cancel(()=>{this.nextCall.cancelWithStatus(
status,details)})}getPeer(){return this.nextCall.getPeer()}processPendingMessage(){this.pendingMessageContext&&(this.nextCall.sendMessageWithContext(this.pendingMessageContext,
this.pendingMessage),this.pendingMessageContext=null,this.pendingMessage=null)}processPendingHalfClose(){this.pendingHalfClose&&this.nextCall.halfClose()}start(metadata,interceptingListener){
var _a,_b,_c,_d,_e,_f;let fullInterceptingListener={onReceiveMetadata:(_b=(_a=interceptingListener?.onReceiveMetadata)===null||_a===void 0?void 0:_a.bind(interceptingListener))!==
null&&_b!==void 0?_b:(metadata2=>{}),onReceiveMessage:(_d=(_c=interceptingListener?.onReceiveMessage)===null||_c===void 0?void 0:_c.bind(interceptingListener))!==
null&&_d!==void 0?_d:(message=>{}),onReceiveStatus:(_f=(_e=interceptingListener?.onReceiveStatus)===null||_e===void 0?void 0:_e.bind(interceptingListener))!==null&&
_f!==void 0?_f:(status=>{})};this.processingMetadata=!0,this.requester.start(metadata,fullInterceptingListener,(md,listener)=>{var _a2,_b2,_c2;this.processingMetadata=
!1;let finalInterceptingListener;if((0,call_interface_1.isInterceptingListener)(listener))finalInterceptingListener=listener;else{let fullListener={onReceiveMetadata:(_a2=
listener.onReceiveMetadata)!==null&&_a2!==void 0?_a2:defaultListener.onReceiveMetadata,onReceiveMessage:(_b2=listener.onReceiveMessage)!==null&&_b2!==void 0?_b2:
defaultListener.onReceiveMessage,onReceiveStatus:(_c2=listener.onReceiveStatus)!==null&&_c2!==void 0?_c2:defaultListener.onReceiveStatus};finalInterceptingListener=
new call_interface_1.InterceptingListenerImpl(fullListener,fullInterceptingListener)}this.nextCall.start(md,finalInterceptingListener),this.processPendingMessage(),
this.processPendingHalfClose()})}sendMessageWithContext(context,message){this.processingMessage=!0,this.requester.sendMessage(message,finalMessage=>{this.processingMessage=
!1,this.processingMetadata?(this.pendingMessageContext=context,this.pendingMessage=message):(this.nextCall.sendMessageWithContext(context,finalMessage),this.processPendingHalfClose())})}sendMessage(message){
this.sendMessageWithContext({},message)}startRead(){this.nextCall.startRead()}halfClose(){this.requester.halfClose(()=>{this.processingMetadata||this.processingMessage?
this.pendingHalfClose=!0:this.nextCall.halfClose()})}getAuthContext(){return this.nextCall.getAuthContext()}};exports.InterceptingCall=InterceptingCall;function getCall(channel,path,options){
var _a,_b;let deadline=(_a=options.deadline)!==null&&_a!==void 0?_a:1/0,host=options.host,parent=(_b=options.parent)!==null&&_b!==void 0?_b:null,propagateFlags=options.
propagate_flags,credentials2=options.credentials,call=channel.createCall(path,deadline,host,parent,propagateFlags);return credentials2&&call.setCredentials(credentials2),
call}var BaseInterceptingCall=class{constructor(call,methodDefinition){this.call=call,this.methodDefinition=methodDefinition}cancelWithStatus(status,details){this.
call.cancelWithStatus(status,details)}getPeer(){return this.call.getPeer()}sendMessageWithContext(context,message){let serialized;try{serialized=this.methodDefinition.
requestSerialize(message)}catch(e){this.call.cancelWithStatus(constants_1.Status.INTERNAL,`Request message serialization failure: ${(0,error_1.getErrorMessage)(
e)}`);return}this.call.sendMessageWithContext(context,serialized)}sendMessage(message){this.sendMessageWithContext({},message)}start(metadata,interceptingListener){
let readError=null;this.call.start(metadata,{onReceiveMetadata:metadata2=>{var _a;(_a=interceptingListener?.onReceiveMetadata)===null||_a===void 0||_a.call(interceptingListener,
metadata2)},onReceiveMessage:message=>{var _a;let deserialized;try{deserialized=this.methodDefinition.responseDeserialize(message)}catch(e){readError={code:constants_1.
Status.INTERNAL,details:`Response message parsing error: ${(0,error_1.getErrorMessage)(e)}`,metadata:new metadata_1.Metadata},this.call.cancelWithStatus(readError.
code,readError.details);return}(_a=interceptingListener?.onReceiveMessage)===null||_a===void 0||_a.call(interceptingListener,deserialized)},onReceiveStatus:status=>{
var _a,_b;readError?(_a=interceptingListener?.onReceiveStatus)===null||_a===void 0||_a.call(interceptingListener,readError):(_b=interceptingListener?.onReceiveStatus)===
null||_b===void 0||_b.call(interceptingListener,status)}})}startRead(){this.call.startRead()}halfClose(){this.call.halfClose()}getAuthContext(){return this.call.
getAuthContext()}},BaseUnaryInterceptingCall=class extends BaseInterceptingCall{constructor(call,methodDefinition){super(call,methodDefinition)}start(metadata,listener){
var _a,_b;let receivedMessage=!1,wrapperListener={onReceiveMetadata:(_b=(_a=listener?.onReceiveMetadata)===null||_a===void 0?void 0:_a.bind(listener))!==null&&_b!==
void 0?_b:(metadata2=>{}),onReceiveMessage:message=>{var _a2;receivedMessage=!0,(_a2=listener?.onReceiveMessage)===null||_a2===void 0||_a2.call(listener,message)},
onReceiveStatus:status=>{var _a2,_b2;receivedMessage||(_a2=listener?.onReceiveMessage)===null||_a2===void 0||_a2.call(listener,null),(_b2=listener?.onReceiveStatus)===
null||_b2===void 0||_b2.call(listener,status)}};super.start(metadata,wrapperListener),this.call.startRead()}},BaseStreamingInterceptingCall=class extends BaseInterceptingCall{};
function getBottomInterceptingCall(channel,options,methodDefinition){let call=getCall(channel,methodDefinition.path,options);return methodDefinition.responseStream?
new BaseStreamingInterceptingCall(call,methodDefinition):new BaseUnaryInterceptingCall(call,methodDefinition)}function getInterceptingCall(interceptorArgs,methodDefinition,options,channel){
if(interceptorArgs.clientInterceptors.length>0&&interceptorArgs.clientInterceptorProviders.length>0)throw new InterceptorConfigurationError("Both interceptors a\
nd interceptor_providers were passed as options to the client constructor. Only one of these is allowed.");if(interceptorArgs.callInterceptors.length>0&&interceptorArgs.
callInterceptorProviders.length>0)throw new InterceptorConfigurationError("Both interceptors and interceptor_providers were passed as call options. Only one of \
these is allowed.");let interceptors=[];interceptorArgs.callInterceptors.length>0||interceptorArgs.callInterceptorProviders.length>0?interceptors=[].concat(interceptorArgs.
callInterceptors,interceptorArgs.callInterceptorProviders.map(provider=>provider(methodDefinition))).filter(interceptor=>interceptor):interceptors=[].concat(interceptorArgs.
clientInterceptors,interceptorArgs.clientInterceptorProviders.map(provider=>provider(methodDefinition))).filter(interceptor=>interceptor);let interceptorOptions=Object.
assign({},options,{method_definition:methodDefinition});return interceptors.reduceRight((nextCall,nextInterceptor)=>currentOptions=>nextInterceptor(currentOptions,
nextCall),finalOptions=>getBottomInterceptingCall(channel,finalOptions,methodDefinition))(interceptorOptions)}}});var require_client=__commonJS({"node_modules/@grpc/grpc-js/build/src/client.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
Client=void 0;var call_1=require_call(),channel_1=require_channel(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),metadata_1=require_metadata(),
client_interceptors_1=require_client_interceptors(),CHANNEL_SYMBOL=Symbol(),INTERCEPTOR_SYMBOL=Symbol(),INTERCEPTOR_PROVIDER_SYMBOL=Symbol(),CALL_INVOCATION_TRANSFORMER_SYMBOL=Symbol();
function isFunction(arg){return typeof arg=="function"}function getErrorStackString(error){var _a;return((_a=error.stack)===null||_a===void 0?void 0:_a.split(`
`).slice(1).join(`
`))||"no stack trace available"}var Client3=class{constructor(address,credentials2,options={}){var _a,_b;if(options=Object.assign({},options),this[INTERCEPTOR_SYMBOL]=
(_a=options.interceptors)!==null&&_a!==void 0?_a:[],delete options.interceptors,this[INTERCEPTOR_PROVIDER_SYMBOL]=(_b=options.interceptor_providers)!==null&&_b!==
void 0?_b:[],delete options.interceptor_providers,this[INTERCEPTOR_SYMBOL].length>0&&this[INTERCEPTOR_PROVIDER_SYMBOL].length>0)throw new Error("Both intercepto\
rs and interceptor_providers were passed as options to the client constructor. Only one of these is allowed.");if(this[CALL_INVOCATION_TRANSFORMER_SYMBOL]=options.
callInvocationTransformer,delete options.callInvocationTransformer,options.channelOverride)this[CHANNEL_SYMBOL]=options.channelOverride;else if(options.channelFactoryOverride){
let channelFactoryOverride=options.channelFactoryOverride;delete options.channelFactoryOverride,this[CHANNEL_SYMBOL]=channelFactoryOverride(address,credentials2,
options)}else this[CHANNEL_SYMBOL]=new channel_1.ChannelImplementation(address,credentials2,options)}close(){this[CHANNEL_SYMBOL].close()}getChannel(){return this[CHANNEL_SYMBOL]}waitForReady(deadline,callback){
let checkState=err=>{if(err){callback(new Error("Failed to connect before the deadline"));return}let newState;try{newState=this[CHANNEL_SYMBOL].getConnectivityState(
!0)}catch{callback(new Error("The channel has been closed"));return}if(newState===connectivity_state_1.ConnectivityState.READY)callback();else try{this[CHANNEL_SYMBOL].
watchConnectivityState(newState,deadline,checkState)}catch{callback(new Error("The channel has been closed"))}};setImmediate(checkState)}checkOptionalUnaryResponseArguments(arg1,arg2,arg3){
if(isFunction(arg1))return{metadata:new metadata_1.Metadata,options:{},callback:arg1};if(isFunction(arg2))return arg1 instanceof metadata_1.Metadata?{metadata:arg1,
options:{},callback:arg2}:{metadata:new metadata_1.Metadata,options:arg1,callback:arg2};if(!(arg1 instanceof metadata_1.Metadata&&arg2 instanceof Object&&isFunction(
arg3)))throw new Error("Incorrect arguments passed");return{metadata:arg1,options:arg2,callback:arg3}}makeUnaryRequest(method,serialize,deserialize,argument,metadata,options,callback){
var _a,_b;let checkedArguments=this.checkOptionalUnaryResponseArguments(metadata,options,callback),methodDefinition={path:method,requestStream:!1,responseStream:!1,
requestSerialize:serialize,responseDeserialize:deserialize},callProperties={argument,metadata:checkedArguments.metadata,call:new call_1.ClientUnaryCallImpl,channel:this[CHANNEL_SYMBOL],
methodDefinition,callOptions:checkedArguments.options,callback:checkedArguments.callback};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](
callProperties));let emitter=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],
callInterceptors:(_a=callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==
null&&_b!==void 0?_b:[]},call=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.
channel);emitter.call=call;let responseMessage=null,receivedStatus=!1,callerStackError=new Error;return call.start(callProperties.metadata,{onReceiveMetadata:metadata2=>{
emitter.emit("metadata",metadata2)},onReceiveMessage(message){responseMessage!==null&&call.cancelWithStatus(constants_1.Status.UNIMPLEMENTED,"Too many responses\
 received"),responseMessage=message},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,status.code===constants_1.Status.OK)if(responseMessage===null){
let callerStack=getErrorStackString(callerStackError);callProperties.callback((0,call_1.callErrorFromStatus)({code:constants_1.Status.UNIMPLEMENTED,details:"No \
message received",metadata:status.metadata},callerStack))}else callProperties.callback(null,responseMessage);else{let callerStack=getErrorStackString(callerStackError);
callProperties.callback((0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,emitter.emit("status",status)}}}),call.sendMessage(argument),call.
halfClose(),emitter}makeClientStreamRequest(method,serialize,deserialize,metadata,options,callback){var _a,_b;let checkedArguments=this.checkOptionalUnaryResponseArguments(
metadata,options,callback),methodDefinition={path:method,requestStream:!0,responseStream:!1,requestSerialize:serialize,responseDeserialize:deserialize},callProperties={
metadata:checkedArguments.metadata,call:new call_1.ClientWritableStreamImpl(serialize),channel:this[CHANNEL_SYMBOL],methodDefinition,callOptions:checkedArguments.
options,callback:checkedArguments.callback};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));
let emitter=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=
callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?
_b:[]},call=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.channel);emitter.
call=call;let responseMessage=null,receivedStatus=!1,callerStackError=new Error;return call.start(callProperties.metadata,{onReceiveMetadata:metadata2=>{emitter.
emit("metadata",metadata2)},onReceiveMessage(message){responseMessage!==null&&call.cancelWithStatus(constants_1.Status.UNIMPLEMENTED,"Too many responses receive\
d"),responseMessage=message,call.startRead()},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,status.code===constants_1.Status.OK)if(responseMessage===
null){let callerStack=getErrorStackString(callerStackError);callProperties.callback((0,call_1.callErrorFromStatus)({code:constants_1.Status.UNIMPLEMENTED,details:"\
No message received",metadata:status.metadata},callerStack))}else callProperties.callback(null,responseMessage);else{let callerStack=getErrorStackString(callerStackError);
callProperties.callback((0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,emitter.emit("status",status)}}}),emitter}checkMetadataAndOptions(arg1,arg2){
let metadata,options;return arg1 instanceof metadata_1.Metadata?(metadata=arg1,arg2?options=arg2:options={}):(arg1?options=arg1:options={},metadata=new metadata_1.
Metadata),{metadata,options}}makeServerStreamRequest(method,serialize,deserialize,argument,metadata,options){var _a,_b;let checkedArguments=this.checkMetadataAndOptions(
metadata,options),methodDefinition={path:method,requestStream:!1,responseStream:!0,requestSerialize:serialize,responseDeserialize:deserialize},callProperties={argument,
metadata:checkedArguments.metadata,call:new call_1.ClientReadableStreamImpl(deserialize),channel:this[CHANNEL_SYMBOL],methodDefinition,callOptions:checkedArguments.
options};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));let stream=callProperties.call,interceptorArgs={
clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=callProperties.callOptions.interceptors)!==
null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?_b:[]},call=(0,client_interceptors_1.
getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.channel);stream.call=call;let receivedStatus=!1,callerStackError=new Error;
return call.start(callProperties.metadata,{onReceiveMetadata(metadata2){stream.emit("metadata",metadata2)},onReceiveMessage(message){stream.push(message)},onReceiveStatus(status){
if(!receivedStatus){if(receivedStatus=!0,stream.push(null),status.code!==constants_1.Status.OK){let callerStack=getErrorStackString(callerStackError);stream.emit(
"error",(0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,stream.emit("status",status)}}}),call.sendMessage(argument),call.halfClose(),stream}makeBidiStreamRequest(method,serialize,deserialize,metadata,options){
var _a,_b;let checkedArguments=this.checkMetadataAndOptions(metadata,options),methodDefinition={path:method,requestStream:!0,responseStream:!0,requestSerialize:serialize,
responseDeserialize:deserialize},callProperties={metadata:checkedArguments.metadata,call:new call_1.ClientDuplexStreamImpl(serialize,deserialize),channel:this[CHANNEL_SYMBOL],
methodDefinition,callOptions:checkedArguments.options};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));
let stream=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=
callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?
_b:[]},call=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.channel);stream.
call=call;let receivedStatus=!1,callerStackError=new Error;return call.start(callProperties.metadata,{onReceiveMetadata(metadata2){stream.emit("metadata",metadata2)},
onReceiveMessage(message){stream.push(message)},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,stream.push(null),status.code!==constants_1.Status.
OK){let callerStack=getErrorStackString(callerStackError);stream.emit("error",(0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,stream.emit(
"status",status)}}}),stream}};exports.Client=Client3}});var require_make_client=__commonJS({"node_modules/@grpc/grpc-js/build/src/make-client.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.makeClientConstructor=makeClientConstructor2;exports.loadPackageDefinition=loadPackageDefinition;var client_1=require_client(),requesterFuncs={unary:client_1.
Client.prototype.makeUnaryRequest,server_stream:client_1.Client.prototype.makeServerStreamRequest,client_stream:client_1.Client.prototype.makeClientStreamRequest,
bidi:client_1.Client.prototype.makeBidiStreamRequest};function isPrototypePolluted(key){return["__proto__","prototype","constructor"].includes(key)}function makeClientConstructor2(methods,serviceName,classOptions){
classOptions||(classOptions={});class ServiceClientImpl extends client_1.Client{}return Object.keys(methods).forEach(name=>{if(isPrototypePolluted(name))return;
let attrs=methods[name],methodType;if(typeof name=="string"&&name.charAt(0)==="$")throw new Error("Method names cannot start with $");attrs.requestStream?attrs.
responseStream?methodType="bidi":methodType="client_stream":attrs.responseStream?methodType="server_stream":methodType="unary";let serialize=attrs.requestSerialize,
deserialize=attrs.responseDeserialize,methodFunc=partial(requesterFuncs[methodType],attrs.path,serialize,deserialize);ServiceClientImpl.prototype[name]=methodFunc,
Object.assign(ServiceClientImpl.prototype[name],attrs),attrs.originalName&&!isPrototypePolluted(attrs.originalName)&&(ServiceClientImpl.prototype[attrs.originalName]=
ServiceClientImpl.prototype[name])}),ServiceClientImpl.service=methods,ServiceClientImpl.serviceName=serviceName,ServiceClientImpl}function partial(fn,path,serialize,deserialize){
return function(...args){return fn.call(this,path,serialize,deserialize,...args)}}function isProtobufTypeDefinition(obj){return"format"in obj}function loadPackageDefinition(packageDef){
let result={};for(let serviceFqn in packageDef)if(Object.prototype.hasOwnProperty.call(packageDef,serviceFqn)){let service=packageDef[serviceFqn],nameComponents=serviceFqn.
split(".");if(nameComponents.some(comp=>isPrototypePolluted(comp)))continue;let serviceName=nameComponents[nameComponents.length-1],current=result;for(let packageName of nameComponents.
slice(0,-1))current[packageName]||(current[packageName]={}),current=current[packageName];isProtobufTypeDefinition(service)?current[serviceName]=service:current[serviceName]=
makeClientConstructor2(service,serviceName,{})}return result}}});var require_proto_loader=__commonJS({"stub:@grpc/proto-loader"(){throw new Error("channelz is not in this program")}});var require_channelz=__commonJS({"node_modules/@grpc/grpc-js/build/src/channelz.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.registerChannelzSocket=exports.registerChannelzServer=exports.registerChannelzSubchannel=exports.registerChannelzChannel=exports.ChannelzCallTrackerStub=
exports.ChannelzCallTracker=exports.ChannelzChildrenTrackerStub=exports.ChannelzChildrenTracker=exports.ChannelzTrace=exports.ChannelzTraceStub=void 0;exports.unregisterChannelzRef=
unregisterChannelzRef;exports.dateToProtoTimestamp=dateToProtoTimestamp;exports.getChannelzHandlers=getChannelzHandlers;exports.getChannelzServiceDefinition=getChannelzServiceDefinition;
exports.setup=setup;var net_1=__require("net"),ordered_map_1=require_cjs(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),subchannel_address_1=require_subchannel_address(),
admin_1=require_admin(),make_client_1=require_make_client();function channelRefToMessage(ref){return{channel_id:ref.id,name:ref.name}}function subchannelRefToMessage(ref){
return{subchannel_id:ref.id,name:ref.name}}function serverRefToMessage(ref){return{server_id:ref.id}}function socketRefToMessage(ref){return{socket_id:ref.id,name:ref.
name}}var TARGET_RETAINED_TRACES=32,DEFAULT_MAX_RESULTS=100,ChannelzTraceStub=class{constructor(){this.events=[],this.creationTimestamp=new Date,this.eventsLogged=
0}addTrace(){}getTraceMessage(){return{creation_timestamp:dateToProtoTimestamp(this.creationTimestamp),num_events_logged:this.eventsLogged,events:[]}}};exports.
ChannelzTraceStub=ChannelzTraceStub;var ChannelzTrace=class{constructor(){this.events=[],this.eventsLogged=0,this.creationTimestamp=new Date}addTrace(severity,description,child){
let timestamp2=new Date;this.events.push({description,severity,timestamp:timestamp2,childChannel:child?.kind==="channel"?child:void 0,childSubchannel:child?.kind===
"subchannel"?child:void 0}),this.events.length>=TARGET_RETAINED_TRACES*2&&(this.events=this.events.slice(TARGET_RETAINED_TRACES)),this.eventsLogged+=1}getTraceMessage(){
return{creation_timestamp:dateToProtoTimestamp(this.creationTimestamp),num_events_logged:this.eventsLogged,events:this.events.map(event=>({description:event.description,
severity:event.severity,timestamp:dateToProtoTimestamp(event.timestamp),channel_ref:event.childChannel?channelRefToMessage(event.childChannel):null,subchannel_ref:event.
childSubchannel?subchannelRefToMessage(event.childSubchannel):null}))}}};exports.ChannelzTrace=ChannelzTrace;var ChannelzChildrenTracker=class{constructor(){this.
channelChildren=new ordered_map_1.OrderedMap,this.subchannelChildren=new ordered_map_1.OrderedMap,this.socketChildren=new ordered_map_1.OrderedMap,this.trackerMap=
{channel:this.channelChildren,subchannel:this.subchannelChildren,socket:this.socketChildren}}refChild(child){let tracker=this.trackerMap[child.kind],trackedChild=tracker.
find(child.id);trackedChild.equals(tracker.end())?tracker.setElement(child.id,{ref:child,count:1},trackedChild):trackedChild.pointer[1].count+=1}unrefChild(child){
let tracker=this.trackerMap[child.kind],trackedChild=tracker.getElementByKey(child.id);trackedChild!==void 0&&(trackedChild.count-=1,trackedChild.count===0&&tracker.
eraseElementByKey(child.id))}getChildLists(){return{channels:this.channelChildren,subchannels:this.subchannelChildren,sockets:this.socketChildren}}};exports.ChannelzChildrenTracker=
ChannelzChildrenTracker;var ChannelzChildrenTrackerStub=class extends ChannelzChildrenTracker{refChild(){}unrefChild(){}};exports.ChannelzChildrenTrackerStub=ChannelzChildrenTrackerStub;
var ChannelzCallTracker=class{constructor(){this.callsStarted=0,this.callsSucceeded=0,this.callsFailed=0,this.lastCallStartedTimestamp=null}addCallStarted(){this.
callsStarted+=1,this.lastCallStartedTimestamp=Date.now()}addCallSucceeded(){this.callsSucceeded+=1}addCallFailed(){this.callsFailed+=1}};exports.ChannelzCallTracker=
ChannelzCallTracker;var ChannelzCallTrackerStub=class extends ChannelzCallTracker{addCallStarted(){}addCallSucceeded(){}addCallFailed(){}};exports.ChannelzCallTrackerStub=
ChannelzCallTrackerStub;var entityMaps={channel:new ordered_map_1.OrderedMap,subchannel:new ordered_map_1.OrderedMap,server:new ordered_map_1.OrderedMap,socket:new ordered_map_1.
OrderedMap},generateRegisterFn=kind=>{let nextId=1;function getNextId(){return nextId++}let entityMap=entityMaps[kind];return(name,getInfo,channelzEnabled)=>{let id=getNextId(),
ref={id,name,kind};return channelzEnabled&&entityMap.setElement(id,{ref,getInfo}),ref}};exports.registerChannelzChannel=generateRegisterFn("channel");exports.registerChannelzSubchannel=
generateRegisterFn("subchannel");exports.registerChannelzServer=generateRegisterFn("server");exports.registerChannelzSocket=generateRegisterFn("socket");function unregisterChannelzRef(ref){
entityMaps[ref.kind].eraseElementByKey(ref.id)}function parseIPv6Section(addressSection){let numberValue=Number.parseInt(addressSection,16);return[numberValue/256|
0,numberValue%256]}function parseIPv6Chunk(addressChunk){if(addressChunk==="")return[];let bytePairs=addressChunk.split(":").map(section=>parseIPv6Section(section));
return[].concat(...bytePairs)}function isIPv6MappedIPv4(ipAddress){return(0,net_1.isIPv6)(ipAddress)&&ipAddress.toLowerCase().startsWith("::ffff:")&&(0,net_1.isIPv4)(
ipAddress.substring(7))}function ipv4AddressStringToBuffer(ipAddress){return Buffer.from(Uint8Array.from(ipAddress.split(".").map(segment=>Number.parseInt(segment))))}
function ipAddressStringToBuffer(ipAddress){if((0,net_1.isIPv4)(ipAddress))return ipv4AddressStringToBuffer(ipAddress);if(isIPv6MappedIPv4(ipAddress))return ipv4AddressStringToBuffer(
ipAddress.substring(7));if((0,net_1.isIPv6)(ipAddress)){let leftSection,rightSection,doubleColonIndex=ipAddress.indexOf("::");doubleColonIndex===-1?(leftSection=
ipAddress,rightSection=""):(leftSection=ipAddress.substring(0,doubleColonIndex),rightSection=ipAddress.substring(doubleColonIndex+2));let leftBuffer=Buffer.from(
parseIPv6Chunk(leftSection)),rightBuffer=Buffer.from(parseIPv6Chunk(rightSection)),middleBuffer=Buffer.alloc(16-leftBuffer.length-rightBuffer.length,0);return Buffer.
concat([leftBuffer,middleBuffer,rightBuffer])}else return null}function connectivityStateToMessage(state){switch(state){case connectivity_state_1.ConnectivityState.
CONNECTING:return{state:"CONNECTING"};case connectivity_state_1.ConnectivityState.IDLE:return{state:"IDLE"};case connectivity_state_1.ConnectivityState.READY:return{
state:"READY"};case connectivity_state_1.ConnectivityState.SHUTDOWN:return{state:"SHUTDOWN"};case connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE:return{
state:"TRANSIENT_FAILURE"};default:return{state:"UNKNOWN"}}}function dateToProtoTimestamp(date){if(date==null)return null;let millisSinceEpoch=typeof date=="num\
ber"?date:date.getTime();return{seconds:Math.floor(millisSinceEpoch/1e3),nanos:millisSinceEpoch%1e3*1e6}}function getChannelMessage(channelEntry){let resolvedInfo=channelEntry.
getInfo(),channelRef=[],subchannelRef=[];return resolvedInfo.children.channels.forEach(el=>{channelRef.push(channelRefToMessage(el[1].ref))}),resolvedInfo.children.
subchannels.forEach(el=>{subchannelRef.push(subchannelRefToMessage(el[1].ref))}),{ref:channelRefToMessage(channelEntry.ref),data:{target:resolvedInfo.target,state:connectivityStateToMessage(
resolvedInfo.state),calls_started:resolvedInfo.callTracker.callsStarted,calls_succeeded:resolvedInfo.callTracker.callsSucceeded,calls_failed:resolvedInfo.callTracker.
callsFailed,last_call_started_timestamp:dateToProtoTimestamp(resolvedInfo.callTracker.lastCallStartedTimestamp),trace:resolvedInfo.trace.getTraceMessage()},channel_ref:channelRef,
subchannel_ref:subchannelRef}}function GetChannel(call,callback){let channelId=parseInt(call.request.channel_id,10),channelEntry=entityMaps.channel.getElementByKey(
channelId);if(channelEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"No channel data found for id "+channelId});return}callback(null,{channel:getChannelMessage(
channelEntry)})}function GetTopChannels(call,callback){let maxResults=parseInt(call.request.max_results,10)||DEFAULT_MAX_RESULTS,resultList=[],startId=parseInt(
call.request.start_channel_id,10),channelEntries=entityMaps.channel,i;for(i=channelEntries.lowerBound(startId);!i.equals(channelEntries.end())&&resultList.length<
maxResults;i=i.next())resultList.push(getChannelMessage(i.pointer[1]));callback(null,{channel:resultList,end:i.equals(channelEntries.end())})}function getServerMessage(serverEntry){
let resolvedInfo=serverEntry.getInfo(),listenSocket=[];return resolvedInfo.listenerChildren.sockets.forEach(el=>{listenSocket.push(socketRefToMessage(el[1].ref))}),
{ref:serverRefToMessage(serverEntry.ref),data:{calls_started:resolvedInfo.callTracker.callsStarted,calls_succeeded:resolvedInfo.callTracker.callsSucceeded,calls_failed:resolvedInfo.
callTracker.callsFailed,last_call_started_timestamp:dateToProtoTimestamp(resolvedInfo.callTracker.lastCallStartedTimestamp),trace:resolvedInfo.trace.getTraceMessage()},
listen_socket:listenSocket}}function GetServer(call,callback){let serverId=parseInt(call.request.server_id,10),serverEntry=entityMaps.server.getElementByKey(serverId);
if(serverEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"No server data found for id "+serverId});return}callback(null,{server:getServerMessage(
serverEntry)})}function GetServers(call,callback){let maxResults=parseInt(call.request.max_results,10)||DEFAULT_MAX_RESULTS,startId=parseInt(call.request.start_server_id,
10),serverEntries=entityMaps.server,resultList=[],i;for(i=serverEntries.lowerBound(startId);!i.equals(serverEntries.end())&&resultList.length<maxResults;i=i.next())
resultList.push(getServerMessage(i.pointer[1]));callback(null,{server:resultList,end:i.equals(serverEntries.end())})}function GetSubchannel(call,callback){let subchannelId=parseInt(
call.request.subchannel_id,10),subchannelEntry=entityMaps.subchannel.getElementByKey(subchannelId);if(subchannelEntry===void 0){callback({code:constants_1.Status.
NOT_FOUND,details:"No subchannel data found for id "+subchannelId});return}let resolvedInfo=subchannelEntry.getInfo(),listenSocket=[];resolvedInfo.children.sockets.
forEach(el=>{listenSocket.push(socketRefToMessage(el[1].ref))});let subchannelMessage={ref:subchannelRefToMessage(subchannelEntry.ref),data:{target:resolvedInfo.
target,state:connectivityStateToMessage(resolvedInfo.state),calls_started:resolvedInfo.callTracker.callsStarted,calls_succeeded:resolvedInfo.callTracker.callsSucceeded,
calls_failed:resolvedInfo.callTracker.callsFailed,last_call_started_timestamp:dateToProtoTimestamp(resolvedInfo.callTracker.lastCallStartedTimestamp),trace:resolvedInfo.
trace.getTraceMessage()},socket_ref:listenSocket};callback(null,{subchannel:subchannelMessage})}function subchannelAddressToAddressMessage(subchannelAddress){var _a;
return(0,subchannel_address_1.isTcpSubchannelAddress)(subchannelAddress)?{address:"tcpip_address",tcpip_address:{ip_address:(_a=ipAddressStringToBuffer(subchannelAddress.
host))!==null&&_a!==void 0?_a:void 0,port:subchannelAddress.port}}:{address:"uds_address",uds_address:{filename:subchannelAddress.path}}}function GetSocket(call,callback){
var _a,_b,_c,_d,_e;let socketId=parseInt(call.request.socket_id,10),socketEntry=entityMaps.socket.getElementByKey(socketId);if(socketEntry===void 0){callback({code:constants_1.
Status.NOT_FOUND,details:"No socket data found for id "+socketId});return}let resolvedInfo=socketEntry.getInfo(),securityMessage=resolvedInfo.security?{model:"t\
ls",tls:{cipher_suite:resolvedInfo.security.cipherSuiteStandardName?"standard_name":"other_name",standard_name:(_a=resolvedInfo.security.cipherSuiteStandardName)!==
null&&_a!==void 0?_a:void 0,other_name:(_b=resolvedInfo.security.cipherSuiteOtherName)!==null&&_b!==void 0?_b:void 0,local_certificate:(_c=resolvedInfo.security.
localCertificate)!==null&&_c!==void 0?_c:void 0,remote_certificate:(_d=resolvedInfo.security.remoteCertificate)!==null&&_d!==void 0?_d:void 0}}:null,socketMessage={
ref:socketRefToMessage(socketEntry.ref),local:resolvedInfo.localAddress?subchannelAddressToAddressMessage(resolvedInfo.localAddress):null,remote:resolvedInfo.remoteAddress?
subchannelAddressToAddressMessage(resolvedInfo.remoteAddress):null,remote_name:(_e=resolvedInfo.remoteName)!==null&&_e!==void 0?_e:void 0,security:securityMessage,
data:{keep_alives_sent:resolvedInfo.keepAlivesSent,streams_started:resolvedInfo.streamsStarted,streams_succeeded:resolvedInfo.streamsSucceeded,streams_failed:resolvedInfo.
streamsFailed,last_local_stream_created_timestamp:dateToProtoTimestamp(resolvedInfo.lastLocalStreamCreatedTimestamp),last_remote_stream_created_timestamp:dateToProtoTimestamp(
resolvedInfo.lastRemoteStreamCreatedTimestamp),messages_received:resolvedInfo.messagesReceived,messages_sent:resolvedInfo.messagesSent,last_message_received_timestamp:dateToProtoTimestamp(
resolvedInfo.lastMessageReceivedTimestamp),last_message_sent_timestamp:dateToProtoTimestamp(resolvedInfo.lastMessageSentTimestamp),local_flow_control_window:resolvedInfo.
localFlowControlWindow?{value:resolvedInfo.localFlowControlWindow}:null,remote_flow_control_window:resolvedInfo.remoteFlowControlWindow?{value:resolvedInfo.remoteFlowControlWindow}:
null}};callback(null,{socket:socketMessage})}function GetServerSockets(call,callback){let serverId=parseInt(call.request.server_id,10),serverEntry=entityMaps.server.
getElementByKey(serverId);if(serverEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"No server data found for id "+serverId});return}let startId=parseInt(
call.request.start_socket_id,10),maxResults=parseInt(call.request.max_results,10)||DEFAULT_MAX_RESULTS,allSockets=serverEntry.getInfo().sessionChildren.sockets,
resultList=[],i;for(i=allSockets.lowerBound(startId);!i.equals(allSockets.end())&&resultList.length<maxResults;i=i.next())resultList.push(socketRefToMessage(i.pointer[1].
ref));callback(null,{socket_ref:resultList,end:i.equals(allSockets.end())})}function getChannelzHandlers(){return{GetChannel,GetTopChannels,GetServer,GetServers,
GetSubchannel,GetSocket,GetServerSockets}}var loadedChannelzDefinition=null;function getChannelzServiceDefinition(){if(loadedChannelzDefinition)return loadedChannelzDefinition;
let loaderLoadSync=require_proto_loader().loadSync,loadedProto=loaderLoadSync("channelz.proto",{keepCase:!0,longs:String,enums:String,defaults:!0,oneofs:!0,includeDirs:[
`${import.meta.dirname}/../../proto`]});return loadedChannelzDefinition=(0,make_client_1.loadPackageDefinition)(loadedProto).grpc.channelz.v1.Channelz.service,loadedChannelzDefinition}
function setup(){(0,admin_1.registerAdminService)(getChannelzServiceDefinition,getChannelzHandlers)}}});var require_call_number=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-number.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.getNextCallNumber=getNextCallNumber;var nextCallNumber=0;function getNextCallNumber(){return nextCallNumber++}}});var require_compression_algorithms=__commonJS({"node_modules/@grpc/grpc-js/build/src/compression-algorithms.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.CompressionAlgorithms=void 0;var CompressionAlgorithms;(function(CompressionAlgorithms2){CompressionAlgorithms2[CompressionAlgorithms2.
identity=0]="identity",CompressionAlgorithms2[CompressionAlgorithms2.deflate=1]="deflate",CompressionAlgorithms2[CompressionAlgorithms2.gzip=2]="gzip"})(CompressionAlgorithms||
(exports.CompressionAlgorithms=CompressionAlgorithms={}))}});var require_filter=__commonJS({"node_modules/@grpc/grpc-js/build/src/filter.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
BaseFilter=void 0;var BaseFilter=class{async sendMetadata(metadata){return metadata}receiveMetadata(metadata){return metadata}async sendMessage(message){return message}async receiveMessage(message){
return message}receiveTrailers(status){return status}};exports.BaseFilter=BaseFilter}});var require_compression_filter=__commonJS({"node_modules/@grpc/grpc-js/build/src/compression-filter.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.CompressionFilterFactory=exports.CompressionFilter=void 0;var zlib=__require("zlib"),compression_algorithms_1=require_compression_algorithms(),
constants_1=require_constants(),filter_1=require_filter(),logging=require_logging(),isCompressionAlgorithmKey=key=>typeof key=="number"&&typeof compression_algorithms_1.
CompressionAlgorithms[key]=="string",CompressionHandler=class{async writeMessage(message,compress){let messageBuffer=message;compress&&(messageBuffer=await this.
compressMessage(messageBuffer));let output=Buffer.allocUnsafe(messageBuffer.length+5);return output.writeUInt8(compress?1:0,0),output.writeUInt32BE(messageBuffer.
length,1),messageBuffer.copy(output,5),output}async readMessage(data){let compressed=data.readUInt8(0)===1,messageBuffer=data.slice(5);return compressed&&(messageBuffer=
await this.decompressMessage(messageBuffer)),messageBuffer}},IdentityHandler=class extends CompressionHandler{async compressMessage(message){return message}async writeMessage(message,compress){
let output=Buffer.allocUnsafe(message.length+5);return output.writeUInt8(0,0),output.writeUInt32BE(message.length,1),message.copy(output,5),output}decompressMessage(message){
return Promise.reject(new Error('Received compressed message but "grpc-encoding" header was identity'))}},DeflateHandler=class extends CompressionHandler{constructor(maxRecvMessageLength){
super(),this.maxRecvMessageLength=maxRecvMessageLength}compressMessage(message){return new Promise((resolve,reject)=>{zlib.deflate(message,(err,output)=>{err?reject(
err):resolve(output)})})}decompressMessage(message){return new Promise((resolve,reject)=>{let totalLength=0,messageParts=[],decompresser=zlib.createInflate();decompresser.
on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"Failed to decompress deflate-encoded message"})}),decompresser.on("data",chunk=>{messageParts.
push(chunk),totalLength+=chunk.byteLength,this.maxRecvMessageLength!==-1&&totalLength>this.maxRecvMessageLength&&(decompresser.destroy(),reject({code:constants_1.
Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size larger than ${this.maxRecvMessageLength}`}))}),decompresser.on("end",()=>{resolve(
Buffer.concat(messageParts))}),decompresser.write(message),decompresser.end()})}},GzipHandler=class extends CompressionHandler{constructor(maxRecvMessageLength){
super(),this.maxRecvMessageLength=maxRecvMessageLength}compressMessage(message){return new Promise((resolve,reject)=>{zlib.gzip(message,(err,output)=>{err?reject(
err):resolve(output)})})}decompressMessage(message){return new Promise((resolve,reject)=>{let totalLength=0,messageParts=[],decompresser=zlib.createGunzip();decompresser.
on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"Failed to decompress gzip-encoded message"})}),decompresser.on("data",chunk=>{messageParts.
push(chunk),totalLength+=chunk.byteLength,this.maxRecvMessageLength!==-1&&totalLength>this.maxRecvMessageLength&&(decompresser.destroy(),reject({code:constants_1.
Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size larger than ${this.maxRecvMessageLength}`}))}),decompresser.on("end",()=>{resolve(
Buffer.concat(messageParts))}),decompresser.write(message),decompresser.end()})}},UnknownHandler=class extends CompressionHandler{constructor(compressionName){super(),
this.compressionName=compressionName}compressMessage(message){return Promise.reject(new Error(`Received message compressed with unsupported compression method ${this.
compressionName}`))}decompressMessage(message){return Promise.reject(new Error(`Compression method not supported: ${this.compressionName}`))}};function getCompressionHandler(compressionName,maxReceiveMessageSize){
switch(compressionName){case"identity":return new IdentityHandler;case"deflate":return new DeflateHandler(maxReceiveMessageSize);case"gzip":return new GzipHandler(
maxReceiveMessageSize);default:return new UnknownHandler(compressionName)}}var CompressionFilter=class extends filter_1.BaseFilter{constructor(channelOptions,sharedFilterConfig){
var _a,_b,_c;super(),this.sharedFilterConfig=sharedFilterConfig,this.sendCompression=new IdentityHandler,this.receiveCompression=new IdentityHandler,this.currentCompressionAlgorithm=
"identity";let compressionAlgorithmKey=channelOptions["grpc.default_compression_algorithm"];if(this.maxReceiveMessageLength=(_a=channelOptions["grpc.max_receive\
_message_length"])!==null&&_a!==void 0?_a:constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH,this.maxSendMessageLength=(_b=channelOptions["grpc.max_send_message_len\
gth"])!==null&&_b!==void 0?_b:constants_1.DEFAULT_MAX_SEND_MESSAGE_LENGTH,compressionAlgorithmKey!==void 0)if(isCompressionAlgorithmKey(compressionAlgorithmKey)){
let clientSelectedEncoding=compression_algorithms_1.CompressionAlgorithms[compressionAlgorithmKey],serverSupportedEncodings=(_c=sharedFilterConfig.serverSupportedEncodingHeader)===
null||_c===void 0?void 0:_c.split(",");(!serverSupportedEncodings||serverSupportedEncodings.includes(clientSelectedEncoding))&&(this.currentCompressionAlgorithm=
clientSelectedEncoding,this.sendCompression=getCompressionHandler(this.currentCompressionAlgorithm,-1))}else logging.log(constants_1.LogVerbosity.ERROR,`Invalid\
 value provided for grpc.default_compression_algorithm option: ${compressionAlgorithmKey}`)}async sendMetadata(metadata){let headers=await metadata;return headers.
set("grpc-accept-encoding","identity,deflate,gzip"),headers.set("accept-encoding","identity"),this.currentCompressionAlgorithm==="identity"?headers.remove("grpc\
-encoding"):headers.set("grpc-encoding",this.currentCompressionAlgorithm),headers}receiveMetadata(metadata){let receiveEncoding=metadata.get("grpc-encoding");if(receiveEncoding.
length>0){let encoding=receiveEncoding[0];typeof encoding=="string"&&(this.receiveCompression=getCompressionHandler(encoding,this.maxReceiveMessageLength))}metadata.
remove("grpc-encoding");let serverSupportedEncodingsHeader=metadata.get("grpc-accept-encoding")[0];return serverSupportedEncodingsHeader&&(this.sharedFilterConfig.
serverSupportedEncodingHeader=serverSupportedEncodingsHeader,serverSupportedEncodingsHeader.split(",").includes(this.currentCompressionAlgorithm)||(this.sendCompression=
new IdentityHandler,this.currentCompressionAlgorithm="identity")),metadata.remove("grpc-accept-encoding"),metadata}async sendMessage(message){var _a;let resolvedMessage=await message;
if(this.maxSendMessageLength!==-1&&resolvedMessage.message.length>this.maxSendMessageLength)throw{code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Attempted \
to send message with a size larger than ${this.maxSendMessageLength}`};let compress;return this.sendCompression instanceof IdentityHandler?compress=!1:compress=
(((_a=resolvedMessage.flags)!==null&&_a!==void 0?_a:0)&2)===0,{message:await this.sendCompression.writeMessage(resolvedMessage.message,compress),flags:resolvedMessage.
flags}}async receiveMessage(message){return this.receiveCompression.readMessage(await message)}};exports.CompressionFilter=CompressionFilter;var CompressionFilterFactory=class{constructor(channel,options){
this.options=options,this.sharedFilterConfig={}}createFilter(){return new CompressionFilter(this.options,this.sharedFilterConfig)}};exports.CompressionFilterFactory=
CompressionFilterFactory}});var require_control_plane_status=__commonJS({"node_modules/@grpc/grpc-js/build/src/control-plane-status.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.restrictControlPlaneStatusCode=restrictControlPlaneStatusCode;var constants_1=require_constants(),INAPPROPRIATE_CONTROL_PLANE_CODES=[
constants_1.Status.OK,constants_1.Status.INVALID_ARGUMENT,constants_1.Status.NOT_FOUND,constants_1.Status.ALREADY_EXISTS,constants_1.Status.FAILED_PRECONDITION,
constants_1.Status.ABORTED,constants_1.Status.OUT_OF_RANGE,constants_1.Status.DATA_LOSS];function restrictControlPlaneStatusCode(code,details){return INAPPROPRIATE_CONTROL_PLANE_CODES.
includes(code)?{code:constants_1.Status.INTERNAL,details:`Invalid status from control plane: ${code} ${constants_1.Status[code]} ${details}`}:{code,details}}}});var require_deadline=__commonJS({"node_modules/@grpc/grpc-js/build/src/deadline.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.minDeadline=minDeadline;exports.getDeadlineTimeoutString=getDeadlineTimeoutString;exports.getRelativeTimeout=getRelativeTimeout;exports.deadlineToString=
deadlineToString;exports.formatDateDifference=formatDateDifference;function minDeadline(...deadlineList){let minValue=1/0;for(let deadline of deadlineList){let deadlineMsecs=deadline instanceof
Date?deadline.getTime():deadline;deadlineMsecs<minValue&&(minValue=deadlineMsecs)}return minValue}var units=[["m",1],["S",1e3],["M",60*1e3],["H",3600*1e3]];function getDeadlineTimeoutString(deadline){
let now=Date.now();deadline instanceof Date&&(deadline=deadline.getTime());let timeoutMs=Math.max(deadline-now,0);for(let[unit,factor]of units){let amount=timeoutMs/
factor;if(amount<1e8)return String(Math.ceil(amount))+unit}throw new Error("Deadline is too far in the future")}var MAX_TIMEOUT_TIME=2147483647;function getRelativeTimeout(deadline){
let deadlineMs=deadline instanceof Date?deadline.getTime():deadline,now=Date.now(),timeout=deadlineMs-now;return timeout<0?0:timeout>MAX_TIMEOUT_TIME?1/0:timeout}
function deadlineToString(deadline){if(deadline instanceof Date)return deadline.toISOString();{let dateDeadline=new Date(deadline);return Number.isNaN(dateDeadline.
getTime())?""+deadline:dateDeadline.toISOString()}}function formatDateDifference(startDate,endDate){let startMs=typeof startDate=="number"?startDate:startDate.getTime();
return(((typeof endDate=="number"?endDate:endDate.getTime())-startMs)/1e3).toFixed(3)+"s"}}});var require_filter_stack=__commonJS({"node_modules/@grpc/grpc-js/build/src/filter-stack.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.FilterStackFactory=exports.FilterStack=void 0;var FilterStack=class{constructor(filters){this.filters=filters}sendMetadata(metadata){let result=metadata;
for(let i=0;i<this.filters.length;i++)result=this.filters[i].sendMetadata(result);return result}receiveMetadata(metadata){let result=metadata;for(let i=this.filters.
length-1;i>=0;i--)result=this.filters[i].receiveMetadata(result);return result}sendMessage(message){let result=message;for(let i=0;i<this.filters.length;i++)result=
this.filters[i].sendMessage(result);return result}receiveMessage(message){let result=message;for(let i=this.filters.length-1;i>=0;i--)result=this.filters[i].receiveMessage(
result);return result}receiveTrailers(status){let result=status;for(let i=this.filters.length-1;i>=0;i--)result=this.filters[i].receiveTrailers(result);return result}push(filters){
this.filters.unshift(...filters)}getFilters(){return this.filters}};exports.FilterStack=FilterStack;var FilterStackFactory=class _FilterStackFactory{constructor(factories){
this.factories=factories}push(filterFactories){this.factories.unshift(...filterFactories)}clone(){return new _FilterStackFactory([...this.factories])}createFilter(){
return new FilterStack(this.factories.map(factory=>factory.createFilter()))}};exports.FilterStackFactory=FilterStackFactory}});var require_single_subchannel_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/single-subchannel-channel.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.SingleSubchannelChannel=void 0;var call_number_1=require_call_number(),channelz_1=require_channelz(),compression_filter_1=require_compression_filter(),
connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),control_plane_status_1=require_control_plane_status(),deadline_1=require_deadline(),
filter_stack_1=require_filter_stack(),metadata_1=require_metadata(),resolver_1=require_resolver(),uri_parser_1=require_uri_parser(),SubchannelCallWrapper=class{constructor(subchannel,method,filterStackFactory,options,callNumber){
this.subchannel=subchannel,this.method=method,this.options=options,this.callNumber=callNumber,this.childCall=null,this.pendingMessage=null,this.readPending=!1,this.
halfClosePending=!1,this.pendingStatus=null,this.readFilterPending=!1,this.writeFilterPending=!1,this.serviceUrl=(0,uri_parser_1.computeServiceUrl)(this.options.
host,this.method);let timeout=(0,deadline_1.getRelativeTimeout)(options.deadline);timeout!==1/0&&(timeout<=0?this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,
"Deadline exceeded"):setTimeout(()=>{this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,"Deadline exceeded")},timeout)),this.filterStack=filterStackFactory.
createFilter()}cancelWithStatus(status,details){this.childCall?this.childCall.cancelWithStatus(status,details):this.pendingStatus={code:status,details,metadata:new metadata_1.
Metadata}}getPeer(){var _a,_b;return(_b=(_a=this.childCall)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:this.subchannel.getAddress()}async start(metadata,listener){
if(this.pendingStatus){listener.onReceiveStatus(this.pendingStatus);return}if(this.subchannel.getConnectivityState()!==connectivity_state_1.ConnectivityState.READY){
listener.onReceiveStatus({code:constants_1.Status.UNAVAILABLE,details:"Subchannel not ready",metadata:new metadata_1.Metadata});return}let filteredMetadata=await this.
filterStack.sendMetadata(Promise.resolve(metadata)),credsMetadata;try{credsMetadata=await this.subchannel.getCallCredentials().generateMetadata({method_name:this.
method,service_url:this.serviceUrl})}catch(e){let error=e,{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(typeof error.code=="number"?error.
code:constants_1.Status.UNKNOWN,`Getting metadata from plugin failed with error: ${error.message}`);listener.onReceiveStatus({code,details,metadata:new metadata_1.
Metadata});return}credsMetadata.merge(filteredMetadata);let childListener={onReceiveMetadata:async metadata2=>{listener.onReceiveMetadata(await this.filterStack.
receiveMetadata(metadata2))},onReceiveMessage:async message=>{this.readFilterPending=!0;let filteredMessage=await this.filterStack.receiveMessage(message);this.
readFilterPending=!1,listener.onReceiveMessage(filteredMessage),this.pendingStatus&&listener.onReceiveStatus(this.pendingStatus)},onReceiveStatus:async status=>{
let filteredStatus=await this.filterStack.receiveTrailers(status);this.readFilterPending?this.pendingStatus=filteredStatus:listener.onReceiveStatus(filteredStatus)}};
this.childCall=this.subchannel.createCall(credsMetadata,this.options.host,this.method,childListener,this.callNumber),this.readPending&&this.childCall.startRead(),
this.pendingMessage&&this.childCall.sendMessageWithContext(this.pendingMessage.context,this.pendingMessage.message),this.halfClosePending&&!this.writeFilterPending&&
this.childCall.halfClose()}async sendMessageWithContext(context,message){this.writeFilterPending=!0;let filteredMessage=await this.filterStack.sendMessage(Promise.
resolve({message,flags:context.flags}));this.writeFilterPending=!1,this.childCall?(this.childCall.sendMessageWithContext(context,filteredMessage.message),this.halfClosePending&&
this.childCall.halfClose()):this.pendingMessage={context,message:filteredMessage.message}}startRead(){this.childCall?this.childCall.startRead():this.readPending=
!0}halfClose(){this.childCall&&!this.writeFilterPending?this.childCall.halfClose():this.halfClosePending=!0}getCallNumber(){return this.callNumber}setCredentials(credentials2){
throw new Error("Method not implemented.")}getAuthContext(){return this.childCall?this.childCall.getAuthContext():null}},SingleSubchannelChannel=class{constructor(subchannel,target,options){
this.subchannel=subchannel,this.target=target,this.channelzEnabled=!1,this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,
this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.channelzEnabled=options["grpc.enable_channelz"]!==0,this.channelzRef=(0,channelz_1.registerChannelzChannel)(
(0,uri_parser_1.uriToString)(target),()=>({target:`${(0,uri_parser_1.uriToString)(target)} (${subchannel.getAddress()})`,state:this.subchannel.getConnectivityState(),
trace:this.channelzTrace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists()}),this.channelzEnabled),this.channelzEnabled&&this.childrenTracker.
refChild(subchannel.getChannelzRef()),this.filterStackFactory=new filter_stack_1.FilterStackFactory([new compression_filter_1.CompressionFilterFactory(this,options)])}close(){
this.channelzEnabled&&this.childrenTracker.unrefChild(this.subchannel.getChannelzRef()),(0,channelz_1.unregisterChannelzRef)(this.channelzRef)}getTarget(){return(0,uri_parser_1.
uriToString)(this.target)}getConnectivityState(tryToConnect){throw new Error("Method not implemented.")}watchConnectivityState(currentState,deadline,callback){throw new Error(
"Method not implemented.")}getChannelzRef(){return this.channelzRef}createCall(method,deadline){let callOptions={deadline,host:(0,resolver_1.getDefaultAuthority)(
this.target),flags:constants_1.Propagate.DEFAULTS,parentCall:null};return new SubchannelCallWrapper(this.subchannel,method,this.filterStackFactory,callOptions,(0,call_number_1.
getNextCallNumber)())}};exports.SingleSubchannelChannel=SingleSubchannelChannel}});var require_subchannel=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Subchannel=void 0;var connectivity_state_1=require_connectivity_state(),backoff_timeout_1=require_backoff_timeout(),logging=require_logging(),constants_1=require_constants(),
uri_parser_1=require_uri_parser(),subchannel_address_1=require_subchannel_address(),channelz_1=require_channelz(),single_subchannel_channel_1=require_single_subchannel_channel(),
TRACER_NAME="subchannel",KEEPALIVE_MAX_TIME_MS=~(1<<31),Subchannel=class{constructor(channelTarget,subchannelAddress,options,credentials2,connector){var _a;this.
channelTarget=channelTarget,this.subchannelAddress=subchannelAddress,this.options=options,this.connector=connector,this.connectivityState=connectivity_state_1.ConnectivityState.
IDLE,this.transport=null,this.continueConnecting=!1,this.stateListeners=new Set,this.refcount=0,this.channelzEnabled=!0,this.dataProducers=new Map,this.subchannelChannel=
null;let backoffOptions={initialDelay:options["grpc.initial_reconnect_backoff_ms"],maxDelay:options["grpc.max_reconnect_backoff_ms"]};this.backoffTimeout=new backoff_timeout_1.
BackoffTimeout(()=>{this.handleBackoffTimer()},backoffOptions),this.backoffTimeout.unref(),this.subchannelAddressString=(0,subchannel_address_1.subchannelAddressToString)(
subchannelAddress),this.keepaliveTime=(_a=options["grpc.keepalive_time_ms"])!==null&&_a!==void 0?_a:-1,options["grpc.enable_channelz"]===0?(this.channelzEnabled=
!1,this.channelzTrace=new channelz_1.ChannelzTraceStub,this.callTracker=new channelz_1.ChannelzCallTrackerStub,this.childrenTracker=new channelz_1.ChannelzChildrenTrackerStub,
this.streamTracker=new channelz_1.ChannelzCallTrackerStub):(this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,
this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.streamTracker=new channelz_1.ChannelzCallTracker),this.channelzRef=(0,channelz_1.registerChannelzSubchannel)(
this.subchannelAddressString,()=>this.getChannelzInfo(),this.channelzEnabled),this.channelzTrace.addTrace("CT_INFO","Subchannel created"),this.traceEnabled&&this.
trace("Subchannel constructed with options "+JSON.stringify(options,void 0,2)),this.secureConnector=credentials2._createSecureConnector(channelTarget,options)}getChannelzInfo(){
return{state:this.connectivityState,trace:this.channelzTrace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists(),target:this.subchannelAddressString}}get traceEnabled(){
return logging.isTracerEnabled(TRACER_NAME)}get refTraceEnabled(){return logging.isTracerEnabled("subchannel_refcount")}trace(text){this.traceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}refTrace(text){this.refTraceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,"subchannel_refcount","("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}handleBackoffTimer(){this.continueConnecting?
this.transitionToState([connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE],connectivity_state_1.ConnectivityState.CONNECTING):this.transitionToState([connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE],connectivity_state_1.ConnectivityState.IDLE)}startBackoff(){this.backoffTimeout.runOnce()}stopBackoff(){this.backoffTimeout.
stop(),this.backoffTimeout.reset()}startConnectingInternal(){let options=this.options;if(options["grpc.keepalive_time_ms"]){let adjustedKeepaliveTime=Math.min(this.
keepaliveTime,KEEPALIVE_MAX_TIME_MS);options=Object.assign(Object.assign({},options),{"grpc.keepalive_time_ms":adjustedKeepaliveTime})}this.connector.connect(this.
subchannelAddress,this.secureConnector,options).then(transport=>{this.transitionToState([connectivity_state_1.ConnectivityState.CONNECTING],connectivity_state_1.
ConnectivityState.READY)?(this.transport=transport,this.channelzEnabled&&this.childrenTracker.refChild(transport.getChannelzRef()),transport.addDisconnectListener(
tooManyPings=>{this.transitionToState([connectivity_state_1.ConnectivityState.READY],connectivity_state_1.ConnectivityState.IDLE),tooManyPings&&this.keepaliveTime>
0&&(this.keepaliveTime*=2,logging.log(constants_1.LogVerbosity.ERROR,`Connection to ${(0,uri_parser_1.uriToString)(this.channelTarget)} at ${this.subchannelAddressString}\
 rejected by server because of excess pings. Increasing ping interval to ${this.keepaliveTime} ms`))})):transport.shutdown()},error=>{this.transitionToState([connectivity_state_1.
ConnectivityState.CONNECTING],connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,`${error}`)})}transitionToState(oldStates,newState,errorMessage){var _a,_b;
if(oldStates.indexOf(this.connectivityState)===-1)return!1;this.traceEnabled&&(errorMessage?this.trace(connectivity_state_1.ConnectivityState[this.connectivityState]+
" -> "+connectivity_state_1.ConnectivityState[newState]+' with error "'+errorMessage+'"'):this.trace(connectivity_state_1.ConnectivityState[this.connectivityState]+
" -> "+connectivity_state_1.ConnectivityState[newState])),this.channelzEnabled&&this.channelzTrace.addTrace("CT_INFO","Connectivity state change to "+connectivity_state_1.
ConnectivityState[newState]);let previousState=this.connectivityState;switch(this.connectivityState=newState,newState){case connectivity_state_1.ConnectivityState.
READY:this.stopBackoff();break;case connectivity_state_1.ConnectivityState.CONNECTING:this.startBackoff(),this.startConnectingInternal(),this.continueConnecting=
!1;break;case connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE:this.channelzEnabled&&this.transport&&this.childrenTracker.unrefChild(this.transport.getChannelzRef()),
(_a=this.transport)===null||_a===void 0||_a.shutdown(),this.transport=null,this.backoffTimeout.isRunning()||process.nextTick(()=>{this.handleBackoffTimer()});break;case connectivity_state_1.
ConnectivityState.IDLE:this.channelzEnabled&&this.transport&&this.childrenTracker.unrefChild(this.transport.getChannelzRef()),(_b=this.transport)===null||_b===void 0||
_b.shutdown(),this.transport=null;break;default:throw new Error(`Invalid state: unknown ConnectivityState ${newState}`)}for(let listener of this.stateListeners)
listener(this,previousState,newState,this.keepaliveTime,errorMessage);return!0}ref(){this.refTraceEnabled&&this.refTrace("refcount "+this.refcount+" -> "+(this.
refcount+1)),this.refcount+=1}unref(){this.refTraceEnabled&&this.refTrace("refcount "+this.refcount+" -> "+(this.refcount-1)),this.refcount-=1,this.refcount===0&&
(this.channelzTrace.addTrace("CT_INFO","Shutting down"),(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.secureConnector.destroy(),process.nextTick(()=>{
this.transitionToState([connectivity_state_1.ConnectivityState.CONNECTING,connectivity_state_1.ConnectivityState.READY],connectivity_state_1.ConnectivityState.IDLE)}))}unrefIfOneRef(){
return this.refcount===1?(this.unref(),!0):!1}createCall(metadata,host,method,listener,callId){if(!this.transport)throw new Error("Cannot create call, subchanne\
l not READY");let statsTracker;return this.channelzEnabled?(this.callTracker.addCallStarted(),this.streamTracker.addCallStarted(),statsTracker={onCallEnd:status=>{
status.code===constants_1.Status.OK?this.callTracker.addCallSucceeded():this.callTracker.addCallFailed()}}):statsTracker={},this.transport.createCall(metadata,host,
method,listener,statsTracker,callId)}startConnecting(){process.nextTick(()=>{this.transitionToState([connectivity_state_1.ConnectivityState.IDLE],connectivity_state_1.
ConnectivityState.CONNECTING)||this.connectivityState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&(this.continueConnecting=!0)})}getConnectivityState(){
return this.connectivityState}addConnectivityStateListener(listener){this.stateListeners.add(listener)}removeConnectivityStateListener(listener){this.stateListeners.
delete(listener)}resetBackoff(){process.nextTick(()=>{this.backoffTimeout.reset(),this.transitionToState([connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE],
connectivity_state_1.ConnectivityState.CONNECTING)})}getAddress(){return this.subchannelAddressString}getChannelzRef(){return this.channelzRef}isHealthy(){return!0}addHealthStateWatcher(listener){}removeHealthStateWatcher(listener){}getRealSubchannel(){
return this}realSubchannelEquals(other){return other.getRealSubchannel()===this}throttleKeepalive(newKeepaliveTime){newKeepaliveTime>this.keepaliveTime&&(this.keepaliveTime=
newKeepaliveTime)}getCallCredentials(){return this.secureConnector.getCallCredentials()}getChannel(){return this.subchannelChannel||(this.subchannelChannel=new single_subchannel_channel_1.
SingleSubchannelChannel(this,this.channelTarget,this.options)),this.subchannelChannel}addDataWatcher(dataWatcher){throw new Error("Not implemented")}getOrCreateDataProducer(name,createDataProducer){
let existingProducer=this.dataProducers.get(name);if(existingProducer)return existingProducer;let newProducer=createDataProducer(this);return this.dataProducers.
set(name,newProducer),newProducer}removeDataProducer(name){this.dataProducers.delete(name)}};exports.Subchannel=Subchannel}});var require_environment=__commonJS({"node_modules/@grpc/grpc-js/build/src/environment.js"(exports){"use strict";var _a,_b;Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS=exports.GRPC_NODE_USE_ALTERNATIVE_RESOLVER=void 0;exports.GRPC_NODE_USE_ALTERNATIVE_RESOLVER=((_a=process.
env.GRPC_NODE_USE_ALTERNATIVE_RESOLVER)!==null&&_a!==void 0?_a:"false")==="true";exports.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS=((_b=process.env.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS)!==
null&&_b!==void 0?_b:"false")==="true"}});var require_resolver_dns=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver-dns.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.DEFAULT_PORT=void 0;exports.setup=setup;var resolver_1=require_resolver(),dns_1=__require("dns"),service_config_1=require_service_config(),constants_1=require_constants(),
call_interface_1=require_call_interface(),metadata_1=require_metadata(),logging=require_logging(),constants_2=require_constants(),uri_parser_1=require_uri_parser(),
net_1=__require("net"),backoff_timeout_1=require_backoff_timeout(),environment_1=require_environment(),TRACER_NAME="dns_resolver";function trace(text){logging.trace(
constants_2.LogVerbosity.DEBUG,TRACER_NAME,text)}exports.DEFAULT_PORT=443;var DEFAULT_MIN_TIME_BETWEEN_RESOLUTIONS_MS=3e4,DnsResolver=class{constructor(target,listener,channelOptions){
var _a,_b,_c;this.target=target,this.listener=listener,this.pendingLookupPromise=null,this.pendingTxtPromise=null,this.latestLookupResult=null,this.latestServiceConfigResult=
null,this.continueResolving=!1,this.isNextResolutionTimerRunning=!1,this.isServiceConfigEnabled=!0,this.returnedIpResult=!1,this.alternativeResolver=new dns_1.promises.
Resolver,trace("Resolver constructed for target "+(0,uri_parser_1.uriToString)(target)),target.authority&&this.alternativeResolver.setServers([target.authority]);
let hostPort=(0,uri_parser_1.splitHostPort)(target.path);hostPort===null?(this.ipResult=null,this.dnsHostname=null,this.port=null):(0,net_1.isIPv4)(hostPort.host)||
(0,net_1.isIPv6)(hostPort.host)?(this.ipResult=[{addresses:[{host:hostPort.host,port:(_a=hostPort.port)!==null&&_a!==void 0?_a:exports.DEFAULT_PORT}]}],this.dnsHostname=
null,this.port=null):(this.ipResult=null,this.dnsHostname=hostPort.host,this.port=(_b=hostPort.port)!==null&&_b!==void 0?_b:exports.DEFAULT_PORT),this.percentage=
Math.random()*100,channelOptions["grpc.service_config_disable_resolution"]===1&&(this.isServiceConfigEnabled=!1),this.defaultResolutionError={code:constants_1.Status.
UNAVAILABLE,details:`Name resolution failed for target ${(0,uri_parser_1.uriToString)(this.target)}`,metadata:new metadata_1.Metadata};let backoffOptions={initialDelay:channelOptions["\
grpc.initial_reconnect_backoff_ms"],maxDelay:channelOptions["grpc.max_reconnect_backoff_ms"]};this.backoff=new backoff_timeout_1.BackoffTimeout(()=>{this.continueResolving&&
this.startResolutionWithBackoff()},backoffOptions),this.backoff.unref(),this.minTimeBetweenResolutionsMs=(_c=channelOptions["grpc.dns_min_time_between_resolutio\
ns_ms"])!==null&&_c!==void 0?_c:DEFAULT_MIN_TIME_BETWEEN_RESOLUTIONS_MS,this.nextResolutionTimer=setTimeout(()=>{},0),clearTimeout(this.nextResolutionTimer)}startResolution(){
if(this.ipResult!==null){this.returnedIpResult||(trace("Returning IP address for target "+(0,uri_parser_1.uriToString)(this.target)),setImmediate(()=>{this.listener(
(0,call_interface_1.statusOrFromValue)(this.ipResult),{},null,"")}),this.returnedIpResult=!0),this.backoff.stop(),this.backoff.reset(),this.stopNextResolutionTimer();
return}if(this.dnsHostname===null)trace("Failed to parse DNS address "+(0,uri_parser_1.uriToString)(this.target)),setImmediate(()=>{this.listener((0,call_interface_1.
statusOrFromError)({code:constants_1.Status.UNAVAILABLE,details:`Failed to parse DNS address ${(0,uri_parser_1.uriToString)(this.target)}`}),{},null,"")}),this.
stopNextResolutionTimer();else{if(this.pendingLookupPromise!==null)return;trace("Looking up DNS hostname "+this.dnsHostname),this.latestLookupResult=null;let hostname2=this.
dnsHostname;this.pendingLookupPromise=this.lookup(hostname2),this.pendingLookupPromise.then(addressList=>{if(this.pendingLookupPromise===null)return;this.pendingLookupPromise=
null,this.latestLookupResult=(0,call_interface_1.statusOrFromValue)(addressList.map(address=>({addresses:[address]})));let allAddressesString="["+addressList.map(
addr=>addr.host+":"+addr.port).join(",")+"]";trace("Resolved addresses for target "+(0,uri_parser_1.uriToString)(this.target)+": "+allAddressesString);let healthStatus=this.
listener(this.latestLookupResult,{},this.latestServiceConfigResult,"");this.handleHealthStatus(healthStatus)},err=>{this.pendingLookupPromise!==null&&(trace("Re\
solution error for target "+(0,uri_parser_1.uriToString)(this.target)+": "+err.message),this.pendingLookupPromise=null,this.stopNextResolutionTimer(),this.listener(
(0,call_interface_1.statusOrFromError)(this.defaultResolutionError),{},this.latestServiceConfigResult,""))}),this.isServiceConfigEnabled&&this.pendingTxtPromise===
null&&(this.pendingTxtPromise=this.resolveTxt(hostname2),this.pendingTxtPromise.then(txtRecord=>{if(this.pendingTxtPromise===null)return;this.pendingTxtPromise=
null;let serviceConfig;try{serviceConfig=(0,service_config_1.extractAndSelectServiceConfig)(txtRecord,this.percentage),serviceConfig?this.latestServiceConfigResult=
(0,call_interface_1.statusOrFromValue)(serviceConfig):this.latestServiceConfigResult=null}catch(err){this.latestServiceConfigResult=(0,call_interface_1.statusOrFromError)(
{code:constants_1.Status.UNAVAILABLE,details:`Parsing service config failed with error ${err.message}`})}this.latestLookupResult!==null&&this.listener(this.latestLookupResult,
{},this.latestServiceConfigResult,"")},err=>{}))}}handleHealthStatus(healthStatus){healthStatus?(this.backoff.stop(),this.backoff.reset()):this.continueResolving=
!0}async lookup(hostname2){if(environment_1.GRPC_NODE_USE_ALTERNATIVE_RESOLVER){trace("Using alternative DNS resolver.");let records=await Promise.allSettled([this.
alternativeResolver.resolve4(hostname2),this.alternativeResolver.resolve6(hostname2)]);if(records.every(result=>result.status==="rejected"))throw new Error(records[0].
reason);return records.reduce((acc,result)=>result.status==="fulfilled"?[...acc,...result.value]:acc,[]).map(addr=>({host:addr,port:+this.port}))}return(await dns_1.
promises.lookup(hostname2,{all:!0})).map(addr=>({host:addr.address,port:+this.port}))}async resolveTxt(hostname2){return environment_1.GRPC_NODE_USE_ALTERNATIVE_RESOLVER?
(trace("Using alternative DNS resolver."),this.alternativeResolver.resolveTxt(hostname2)):dns_1.promises.resolveTxt(hostname2)}startNextResolutionTimer(){var _a,
_b;clearTimeout(this.nextResolutionTimer),this.nextResolutionTimer=setTimeout(()=>{this.stopNextResolutionTimer(),this.continueResolving&&this.startResolutionWithBackoff()},
this.minTimeBetweenResolutionsMs),(_b=(_a=this.nextResolutionTimer).unref)===null||_b===void 0||_b.call(_a),this.isNextResolutionTimerRunning=!0}stopNextResolutionTimer(){
clearTimeout(this.nextResolutionTimer),this.isNextResolutionTimerRunning=!1}startResolutionWithBackoff(){this.pendingLookupPromise===null&&(this.continueResolving=
!1,this.backoff.runOnce(),this.startNextResolutionTimer(),this.startResolution())}updateResolution(){this.pendingLookupPromise===null&&(this.isNextResolutionTimerRunning||
this.backoff.isRunning()?(this.isNextResolutionTimerRunning?trace('resolution update delayed by "min time between resolutions" rate limit'):trace("resolution up\
date delayed by backoff timer until "+this.backoff.getEndTime().toISOString()),this.continueResolving=!0):this.startResolutionWithBackoff())}destroy(){this.continueResolving=
!1,this.backoff.reset(),this.backoff.stop(),this.stopNextResolutionTimer(),this.pendingLookupPromise=null,this.pendingTxtPromise=null,this.latestLookupResult=null,
this.latestServiceConfigResult=null,this.returnedIpResult=!1}static getDefaultAuthority(target){return target.path}};function setup(){(0,resolver_1.registerResolver)(
"dns",DnsResolver),(0,resolver_1.registerDefaultScheme)("dns")}}});var require_http_proxy=__commonJS({"node_modules/@grpc/grpc-js/build/src/http_proxy.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.parseCIDR=parseCIDR;exports.mapProxyName=mapProxyName;exports.getProxiedConnection=getProxiedConnection;var logging_1=require_logging(),constants_1=require_constants(),
net_1=__require("net"),http=__require("http"),logging=require_logging(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),url_1=__require("url"),
resolver_dns_1=require_resolver_dns(),TRACER_NAME="proxy";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}function getProxyInfo(){
let proxyEnv="",envVar="";if(process.env.grpc_proxy)envVar="grpc_proxy",proxyEnv=process.env.grpc_proxy;else if(process.env.https_proxy)envVar="https_proxy",proxyEnv=
process.env.https_proxy;else if(process.env.http_proxy)envVar="http_proxy",proxyEnv=process.env.http_proxy;else return{};let proxyUrl;try{proxyUrl=new url_1.URL(
proxyEnv)}catch{return(0,logging_1.log)(constants_1.LogVerbosity.ERROR,`cannot parse value of "${envVar}" env var`),{}}if(proxyUrl.protocol!=="http:")return(0,logging_1.
log)(constants_1.LogVerbosity.ERROR,`"${proxyUrl.protocol}" scheme not supported in proxy URI`),{};let userCred=null;proxyUrl.username&&(proxyUrl.password?((0,logging_1.
log)(constants_1.LogVerbosity.INFO,"userinfo found in proxy URI"),userCred=decodeURIComponent(`${proxyUrl.username}:${proxyUrl.password}`)):userCred=proxyUrl.username);
let hostname2=proxyUrl.hostname,port=proxyUrl.port;port===""&&(port="80");let result={address:`${hostname2}:${port}`};return userCred&&(result.creds=userCred),trace(
"Proxy server "+result.address+" set by environment variable "+envVar),result}function getNoProxyHostList(){let noProxyStr=process.env.no_grpc_proxy,envVar="no_\
grpc_proxy";return noProxyStr||(noProxyStr=process.env.no_proxy,envVar="no_proxy"),noProxyStr?(trace("No proxy server list set by environment variable "+envVar),
noProxyStr.split(",")):[]}function parseCIDR(cidrString){let splitRange=cidrString.split("/");if(splitRange.length!==2)return null;let prefixLength=parseInt(splitRange[1],
10);return!(0,net_1.isIPv4)(splitRange[0])||Number.isNaN(prefixLength)||prefixLength<0||prefixLength>32?null:{ip:ipToInt(splitRange[0]),prefixLength}}function ipToInt(ip){
return ip.split(".").reduce((acc,octet)=>(acc<<8)+parseInt(octet,10),0)}function isIpInCIDR(cidr,serverHost){let ip=cidr.ip,mask=-1<<32-cidr.prefixLength;return(ipToInt(
serverHost)&mask)===(ip&mask)}function hostMatchesNoProxyList(serverHost){for(let host of getNoProxyHostList()){let parsedCIDR=parseCIDR(host);if((0,net_1.isIPv4)(
serverHost)&&parsedCIDR&&isIpInCIDR(parsedCIDR,serverHost))return!0;if(serverHost.endsWith(host))return!0}return!1}function mapProxyName(target,options){var _a;
let noProxyResult={target,extraOptions:{}};if(((_a=options["grpc.enable_http_proxy"])!==null&&_a!==void 0?_a:1)===0||target.scheme==="unix")return noProxyResult;
let proxyInfo=getProxyInfo();if(!proxyInfo.address)return noProxyResult;let hostPort=(0,uri_parser_1.splitHostPort)(target.path);if(!hostPort)return noProxyResult;
let serverHost=hostPort.host;if(hostMatchesNoProxyList(serverHost))return trace("Not using proxy for target in no_proxy list: "+(0,uri_parser_1.uriToString)(target)),
noProxyResult;let extraOptions={"grpc.http_connect_target":(0,uri_parser_1.uriToString)(target)};return proxyInfo.creds&&(extraOptions["grpc.http_connect_creds"]=
proxyInfo.creds),{target:{scheme:"dns",path:proxyInfo.address},extraOptions}}function getProxiedConnection(address,channelOptions){var _a;if(!("grpc.http_connec\
t_target"in channelOptions))return Promise.resolve(null);let realTarget=channelOptions["grpc.http_connect_target"],parsedTarget=(0,uri_parser_1.parseUri)(realTarget);
if(parsedTarget===null)return Promise.resolve(null);let splitHostPost=(0,uri_parser_1.splitHostPort)(parsedTarget.path);if(splitHostPost===null)return Promise.resolve(
null);let hostPort=`${splitHostPost.host}:${(_a=splitHostPost.port)!==null&&_a!==void 0?_a:resolver_dns_1.DEFAULT_PORT}`,options={method:"CONNECT",path:hostPort},
headers={Host:hostPort};(0,subchannel_address_1.isTcpSubchannelAddress)(address)?(options.host=address.host,options.port=address.port):options.socketPath=address.
path,"grpc.http_connect_creds"in channelOptions&&(headers["Proxy-Authorization"]="Basic "+Buffer.from(channelOptions["grpc.http_connect_creds"]).toString("base6\
4")),options.headers=headers;let proxyAddressString=(0,subchannel_address_1.subchannelAddressToString)(address);return trace("Using proxy "+proxyAddressString+"\
 to connect to "+options.path),new Promise((resolve,reject)=>{let request=http.request(options);request.once("connect",(res,socket,head)=>{request.removeAllListeners(),
socket.removeAllListeners(),res.statusCode===200?(trace("Successfully connected to "+options.path+" through proxy "+proxyAddressString),head.length>0&&socket.unshift(
head),trace("Successfully established a plaintext connection to "+options.path+" through proxy "+proxyAddressString),resolve(socket)):((0,logging_1.log)(constants_1.
LogVerbosity.ERROR,"Failed to connect to "+options.path+" through proxy "+proxyAddressString+" with status "+res.statusCode),reject())}),request.once("error",err=>{
request.removeAllListeners(),(0,logging_1.log)(constants_1.LogVerbosity.ERROR,"Failed to connect to proxy "+proxyAddressString+" with error "+err.message),reject()}),
request.end()})}}});var require_stream_decoder=__commonJS({"node_modules/@grpc/grpc-js/build/src/stream-decoder.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.StreamDecoder=void 0;var ReadState;(function(ReadState2){ReadState2[ReadState2.NO_DATA=0]="NO_DATA",ReadState2[ReadState2.READING_SIZE=1]="R\
EADING_SIZE",ReadState2[ReadState2.READING_MESSAGE=2]="READING_MESSAGE"})(ReadState||(ReadState={}));var StreamDecoder=class{constructor(maxReadMessageLength){this.
maxReadMessageLength=maxReadMessageLength,this.readState=ReadState.NO_DATA,this.readCompressFlag=Buffer.alloc(1),this.readPartialSize=Buffer.alloc(4),this.readSizeRemaining=
4,this.readMessageSize=0,this.readPartialMessage=[],this.readMessageRemaining=0}write(data){let readHead=0,toRead,result=[];for(;readHead<data.length;)switch(this.
readState){case ReadState.NO_DATA:this.readCompressFlag=data.slice(readHead,readHead+1),readHead+=1,this.readState=ReadState.READING_SIZE,this.readPartialSize.fill(
0),this.readSizeRemaining=4,this.readMessageSize=0,this.readMessageRemaining=0,this.readPartialMessage=[];break;case ReadState.READING_SIZE:if(toRead=Math.min(data.
length-readHead,this.readSizeRemaining),data.copy(this.readPartialSize,4-this.readSizeRemaining,readHead,readHead+toRead),this.readSizeRemaining-=toRead,readHead+=
toRead,this.readSizeRemaining===0){if(this.readMessageSize=this.readPartialSize.readUInt32BE(0),this.maxReadMessageLength!==-1&&this.readMessageSize>this.maxReadMessageLength)
throw new Error(`Received message larger than max (${this.readMessageSize} vs ${this.maxReadMessageLength})`);if(this.readMessageRemaining=this.readMessageSize,
this.readMessageRemaining>0)this.readState=ReadState.READING_MESSAGE;else{let message=Buffer.concat([this.readCompressFlag,this.readPartialSize],5);this.readState=
ReadState.NO_DATA,result.push(message)}}break;case ReadState.READING_MESSAGE:if(toRead=Math.min(data.length-readHead,this.readMessageRemaining),this.readPartialMessage.
push(data.slice(readHead,readHead+toRead)),this.readMessageRemaining-=toRead,readHead+=toRead,this.readMessageRemaining===0){let framedMessageBuffers=[this.readCompressFlag,
this.readPartialSize].concat(this.readPartialMessage),framedMessage=Buffer.concat(framedMessageBuffers,this.readMessageSize+5);this.readState=ReadState.NO_DATA,
result.push(framedMessage)}break;default:throw new Error("Unexpected read state")}return result}};exports.StreamDecoder=StreamDecoder}});var require_subchannel_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.Http2SubchannelCall=void 0;var http2=__require("http2"),os=__require("os"),constants_1=require_constants(),metadata_1=require_metadata(),
stream_decoder_1=require_stream_decoder(),logging=require_logging(),constants_2=require_constants(),TRACER_NAME="subchannel_call";function getSystemErrorName(errno){
for(let[name,num]of Object.entries(os.constants.errno))if(num===errno)return name;return"Unknown system error "+errno}function mapHttpStatusCode(code){let details=`\
Received HTTP status code ${code}`,mappedStatusCode;switch(code){case 400:mappedStatusCode=constants_1.Status.INTERNAL;break;case 401:mappedStatusCode=constants_1.
Status.UNAUTHENTICATED;break;case 403:mappedStatusCode=constants_1.Status.PERMISSION_DENIED;break;case 404:mappedStatusCode=constants_1.Status.UNIMPLEMENTED;break;case 429:case 502:case 503:case 504:
mappedStatusCode=constants_1.Status.UNAVAILABLE;break;default:mappedStatusCode=constants_1.Status.UNKNOWN}return{code:mappedStatusCode,details,metadata:new metadata_1.
Metadata}}var Http2SubchannelCall=class{constructor(http2Stream,callEventTracker,listener,transport,callId){var _a;this.http2Stream=http2Stream,this.callEventTracker=
callEventTracker,this.listener=listener,this.transport=transport,this.callId=callId,this.isReadFilterPending=!1,this.isPushPending=!1,this.canPush=!1,this.readsClosed=
!1,this.statusOutput=!1,this.unpushedReadMessages=[],this.finalStatus=null,this.internalError=null,this.serverEndedCall=!1,this.connectionDropped=!1;let maxReceiveMessageLength=(_a=
transport.getOptions()["grpc.max_receive_message_length"])!==null&&_a!==void 0?_a:constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH;this.decoder=new stream_decoder_1.
StreamDecoder(maxReceiveMessageLength),http2Stream.on("response",(headers,flags)=>{if(this.traceEnabled){let headersString="";for(let header of Object.keys(headers))
headersString+="		"+header+": "+headers[header]+`
`;this.trace(`Received server headers:
`+headersString)}if(this.httpStatusCode=headers[":status"],flags&http2.constants.NGHTTP2_FLAG_END_STREAM)this.handleTrailers(headers);else{let metadata;try{metadata=
metadata_1.Metadata.fromHttp2Headers(headers)}catch(error){this.endCall({code:constants_1.Status.UNKNOWN,details:error.message,metadata:new metadata_1.Metadata});
return}this.listener.onReceiveMetadata(metadata)}}),http2Stream.on("trailers",headers=>{this.handleTrailers(headers)}),http2Stream.on("data",data=>{if(this.statusOutput)
return;this.traceEnabled&&this.trace("receive HTTP/2 data frame of length "+data.length);let messages;try{messages=this.decoder.write(data)}catch(e){if(this.httpStatusCode!==
void 0&&this.httpStatusCode!==200){let mappedStatus=mapHttpStatusCode(this.httpStatusCode);this.cancelWithStatus(mappedStatus.code,mappedStatus.details)}else this.
cancelWithStatus(constants_1.Status.RESOURCE_EXHAUSTED,e.message);return}for(let message of messages)this.traceEnabled&&this.trace("parsed message of length "+message.
length),this.callEventTracker.addMessageReceived(),this.tryPush(message)}),http2Stream.on("end",()=>{this.readsClosed=!0,this.maybeOutputStatus()}),http2Stream.
on("close",()=>{this.serverEndedCall=!0,process.nextTick(()=>{var _a2;if(this.traceEnabled&&this.trace("HTTP/2 stream closed with code "+http2Stream.rstCode),((_a2=
this.finalStatus)===null||_a2===void 0?void 0:_a2.code)===constants_1.Status.OK)return;let code,details="";switch(http2Stream.rstCode){case http2.constants.NGHTTP2_NO_ERROR:
if(this.finalStatus!==null)return;if(this.httpStatusCode&&this.httpStatusCode!==200){let mappedStatus=mapHttpStatusCode(this.httpStatusCode);code=mappedStatus.code,
details=mappedStatus.details}else code=constants_1.Status.INTERNAL,details=`Received RST_STREAM with code ${http2Stream.rstCode} (Call ended without gRPC status\
)`;break;case http2.constants.NGHTTP2_REFUSED_STREAM:code=constants_1.Status.UNAVAILABLE,details="Stream refused by server";break;case http2.constants.NGHTTP2_CANCEL:
this.connectionDropped?(code=constants_1.Status.UNAVAILABLE,details="Connection dropped"):(code=constants_1.Status.CANCELLED,details="Call cancelled");break;case http2.
constants.NGHTTP2_ENHANCE_YOUR_CALM:code=constants_1.Status.RESOURCE_EXHAUSTED,details="Bandwidth exhausted or memory limit exceeded";break;case http2.constants.
NGHTTP2_INADEQUATE_SECURITY:code=constants_1.Status.PERMISSION_DENIED,details="Protocol not secure enough";break;case http2.constants.NGHTTP2_INTERNAL_ERROR:code=
constants_1.Status.INTERNAL,this.internalError===null?details=`Received RST_STREAM with code ${http2Stream.rstCode} (Internal server error)`:this.internalError.
code==="ECONNRESET"||this.internalError.code==="ETIMEDOUT"?(code=constants_1.Status.UNAVAILABLE,details=this.internalError.message):details=`Received RST_STREAM\
 with code ${http2Stream.rstCode} triggered by internal client error: ${this.internalError.message}`;break;default:code=constants_1.Status.INTERNAL,details=`Rec\
eived RST_STREAM with code ${http2Stream.rstCode}`}this.endCall({code,details,metadata:new metadata_1.Metadata,rstCode:http2Stream.rstCode})})}),http2Stream.on(
"error",err=>{err.code!=="ERR_HTTP2_STREAM_ERROR"&&(this.traceEnabled&&this.trace("Node error event: message="+err.message+" code="+err.code+" errno="+getSystemErrorName(
err.errno)+" syscall="+err.syscall),this.internalError=err),this.callEventTracker.onStreamEnd(!1)})}getDeadlineInfo(){return[`remote_addr=${this.getPeer()}`]}onDisconnect(){
this.connectionDropped=!0,setImmediate(()=>{this.endCall({code:constants_1.Status.UNAVAILABLE,details:"Connection dropped",metadata:new metadata_1.Metadata})})}outputStatus(){
this.statusOutput||(this.statusOutput=!0,this.traceEnabled&&this.trace("ended with status: code="+this.finalStatus.code+' details="'+this.finalStatus.details+'"'),
this.callEventTracker.onCallEnd(this.finalStatus),process.nextTick(()=>{this.listener.onReceiveStatus(this.finalStatus)}),this.http2Stream.resume())}get traceEnabled(){
return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(constants_2.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callId+"] "+text)}endCall(status){
(this.finalStatus===null||this.finalStatus.code===constants_1.Status.OK)&&(this.finalStatus=status,this.maybeOutputStatus()),this.destroyHttp2Stream()}maybeOutputStatus(){
this.finalStatus!==null&&(this.finalStatus.code!==constants_1.Status.OK||this.readsClosed&&this.unpushedReadMessages.length===0&&!this.isReadFilterPending&&!this.
isPushPending)&&this.outputStatus()}push(message){this.traceEnabled&&this.trace("pushing to reader message of length "+(message instanceof Buffer?message.length:
null)),this.canPush=!1,this.isPushPending=!0,process.nextTick(()=>{this.isPushPending=!1,!this.statusOutput&&(this.listener.onReceiveMessage(message),this.maybeOutputStatus())})}tryPush(messageBytes){
this.canPush?(this.http2Stream.pause(),this.push(messageBytes)):(this.traceEnabled&&this.trace("unpushedReadMessages.push message of length "+messageBytes.length),
this.unpushedReadMessages.push(messageBytes))}handleTrailers(headers){if(this.serverEndedCall=!0,this.callEventTracker.onStreamEnd(!0),this.traceEnabled){let headersString="";
for(let header of Object.keys(headers))headersString+="		"+header+": "+headers[header]+`
`;this.trace(`Received server trailers:
`+headersString)}let metadata;try{metadata=metadata_1.Metadata.fromHttp2Headers(headers)}catch{metadata=new metadata_1.Metadata}let statusValues=metadata.get("g\
rpc-status"),status;if(statusValues.length>0&&typeof statusValues[0]=="string"){let receivedStatus=Number(statusValues[0]);this.traceEnabled&&this.trace("receiv\
ed status code "+receivedStatus+" from server"),metadata.remove("grpc-status");let details="",messageValues=metadata.get("grpc-message");if(messageValues.length>
0&&typeof messageValues[0]=="string"){let messageString=messageValues[0];try{details=decodeURI(messageString)}catch{details=messageString}metadata.remove("grpc-\
message"),this.traceEnabled&&this.trace('received status details string "'+details+'" from server')}status={code:receivedStatus,details,metadata}}else this.httpStatusCode?
(status=mapHttpStatusCode(this.httpStatusCode),status.metadata=metadata):status={code:constants_1.Status.UNKNOWN,details:"No status information received",metadata};
this.endCall(status)}destroyHttp2Stream(){var _a;if(!this.http2Stream.destroyed)if(this.serverEndedCall)this.http2Stream.writableEnded||this.http2Stream.end();else{
let code;((_a=this.finalStatus)===null||_a===void 0?void 0:_a.code)===constants_1.Status.OK?code=http2.constants.NGHTTP2_NO_ERROR:code=http2.constants.NGHTTP2_CANCEL,
this.traceEnabled&&this.trace("close http2 stream with code "+code),this.http2Stream.close(code)}}cancelWithStatus(status,details){this.traceEnabled&&this.trace(
"cancelWithStatus code: "+status+' details: "'+details+'"'),this.endCall({code:status,details,metadata:new metadata_1.Metadata})}getStatus(){return this.finalStatus}getPeer(){
return this.transport.getPeerName()}getCallNumber(){return this.callId}getAuthContext(){return this.transport.getAuthContext()}startRead(){if(this.finalStatus!==
null&&this.finalStatus.code!==constants_1.Status.OK){this.readsClosed=!0,this.maybeOutputStatus();return}if(this.canPush=!0,this.unpushedReadMessages.length>0){
let nextMessage=this.unpushedReadMessages.shift();this.push(nextMessage);return}this.http2Stream.resume()}sendMessageWithContext(context,message){this.traceEnabled&&
this.trace("write() called with message of length "+message.length);let cb=error=>{process.nextTick(()=>{var _a;let code=constants_1.Status.UNAVAILABLE;error?.code===
"ERR_STREAM_WRITE_AFTER_END"&&(code=constants_1.Status.INTERNAL),error&&this.endCall({code,details:`Write error: ${error.message}`,metadata:new metadata_1.Metadata,
rstCode:this.http2Stream.rstCode}),(_a=context.callback)===null||_a===void 0||_a.call(context)})};this.traceEnabled&&this.trace("sending data chunk of length "+
message.length),this.callEventTracker.addMessageSent();try{this.http2Stream.write(message,cb)}catch(error){this.endCall({code:constants_1.Status.UNAVAILABLE,details:`\
Write failed with error ${error.message}`,metadata:new metadata_1.Metadata})}}halfClose(){this.trace("end() called"),!(this.http2Stream.destroyed||this.http2Stream.
writableEnded)&&(this.trace("calling end() on HTTP/2 stream"),this.http2Stream.end())}};exports.Http2SubchannelCall=Http2SubchannelCall}});var require_transport=__commonJS({"node_modules/@grpc/grpc-js/build/src/transport.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Http2SubchannelConnector=void 0;var http2=__require("http2"),tls_1=__require("tls"),channelz_1=require_channelz(),constants_1=require_constants(),http_proxy_1=require_http_proxy(),
logging=require_logging(),resolver_1=require_resolver(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),net=__require("net"),
subchannel_call_1=require_subchannel_call(),call_number_1=require_call_number(),TRACER_NAME="transport",FLOW_CONTROL_TRACER_NAME="transport_flowctrl",clientVersion=require_package().
version,{HTTP2_HEADER_AUTHORITY,HTTP2_HEADER_CONTENT_TYPE,HTTP2_HEADER_METHOD,HTTP2_HEADER_PATH,HTTP2_HEADER_TE,HTTP2_HEADER_USER_AGENT}=http2.constants,KEEPALIVE_TIMEOUT_MS=2e4,
tooManyPingsData=Buffer.from("too_many_pings","ascii"),Http2Transport=class{constructor(session,subchannelAddress,options,remoteName){this.session=session,this.
options=options,this.remoteName=remoteName,this.keepaliveTimer=null,this.pendingSendKeepalivePing=!1,this.activeCalls=new Set,this.disconnectListeners=[],this.disconnectHandled=
!1,this.channelzEnabled=!0,this.keepalivesSent=0,this.messagesSent=0,this.messagesReceived=0,this.lastMessageSentTimestamp=null,this.lastMessageReceivedTimestamp=
null,this.subchannelAddressString=(0,subchannel_address_1.subchannelAddressToString)(subchannelAddress),options["grpc.enable_channelz"]===0?(this.channelzEnabled=
!1,this.streamTracker=new channelz_1.ChannelzCallTrackerStub):this.streamTracker=new channelz_1.ChannelzCallTracker,this.channelzRef=(0,channelz_1.registerChannelzSocket)(
this.subchannelAddressString,()=>this.getChannelzInfo(),this.channelzEnabled),this.userAgent=[options["grpc.primary_user_agent"],`grpc-node-js/${clientVersion}`,
options["grpc.secondary_user_agent"]].filter(e=>e).join(" "),"grpc.keepalive_time_ms"in options?this.keepaliveTimeMs=options["grpc.keepalive_time_ms"]:this.keepaliveTimeMs=
-1,"grpc.keepalive_timeout_ms"in options?this.keepaliveTimeoutMs=options["grpc.keepalive_timeout_ms"]:this.keepaliveTimeoutMs=KEEPALIVE_TIMEOUT_MS,"grpc.keepali\
ve_permit_without_calls"in options?this.keepaliveWithoutCalls=options["grpc.keepalive_permit_without_calls"]===1:this.keepaliveWithoutCalls=!1,session.once("clo\
se",()=>{this.trace("session closed"),this.handleDisconnect()}),session.once("goaway",(errorCode,lastStreamID,opaqueData)=>{let tooManyPings=!1;errorCode===http2.
constants.NGHTTP2_ENHANCE_YOUR_CALM&&opaqueData&&opaqueData.equals(tooManyPingsData)&&(tooManyPings=!0),this.traceEnabled&&this.trace("connection closed by GOAW\
AY with code "+errorCode+" and data "+opaqueData?.toString()),this.reportDisconnectToOwner(tooManyPings)}),session.once("error",error=>{this.traceEnabled&&this.
trace("connection closed with error "+error.message),this.handleDisconnect()}),session.socket.once("close",hadError=>{this.traceEnabled&&this.trace("connection \
closed. hadError="+hadError),this.handleDisconnect()}),this.traceEnabled&&(session.on("remoteSettings",settings=>{this.trace("new settings received"+(this.session!==
session?" on the old connection":"")+": "+JSON.stringify(settings))}),session.on("localSettings",settings=>{this.trace("local settings acknowledged by remote"+(this.
session!==session?" on the old connection":"")+": "+JSON.stringify(settings))})),this.keepaliveWithoutCalls&&this.maybeStartKeepalivePingTimer(),session.socket instanceof
tls_1.TLSSocket&&session.socket.authorized?this.authContext={transportSecurityType:"ssl",sslPeerCertificate:session.socket.getPeerCertificate()}:this.authContext=
{}}getChannelzInfo(){var _a,_b,_c;let sessionSocket=this.session.socket,remoteAddress=sessionSocket.remoteAddress?(0,subchannel_address_1.stringToSubchannelAddress)(
sessionSocket.remoteAddress,sessionSocket.remotePort):null,localAddress=sessionSocket.localAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.
localAddress,sessionSocket.localPort):null,tlsInfo;if(this.session.encrypted){let tlsSocket=sessionSocket,cipherInfo=tlsSocket.getCipher(),certificate=tlsSocket.
getCertificate(),peerCertificate=tlsSocket.getPeerCertificate();tlsInfo={cipherSuiteStandardName:(_a=cipherInfo.standardName)!==null&&_a!==void 0?_a:null,cipherSuiteOtherName:cipherInfo.
standardName?null:cipherInfo.name,localCertificate:certificate&&"raw"in certificate?certificate.raw:null,remoteCertificate:peerCertificate&&"raw"in peerCertificate?
peerCertificate.raw:null}}else tlsInfo=null;return{remoteAddress,localAddress,security:tlsInfo,remoteName:this.remoteName,streamsStarted:this.streamTracker.callsStarted,
streamsSucceeded:this.streamTracker.callsSucceeded,streamsFailed:this.streamTracker.callsFailed,messagesSent:this.messagesSent,messagesReceived:this.messagesReceived,
keepAlivesSent:this.keepalivesSent,lastLocalStreamCreatedTimestamp:this.streamTracker.lastCallStartedTimestamp,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:this.
lastMessageSentTimestamp,lastMessageReceivedTimestamp:this.lastMessageReceivedTimestamp,localFlowControlWindow:(_b=this.session.state.localWindowSize)!==null&&_b!==
void 0?_b:null,remoteFlowControlWindow:(_c=this.session.state.remoteWindowSize)!==null&&_c!==void 0?_c:null}}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}get keepaliveTraceEnabled(){
return logging.isTracerEnabled("keepalive")}get flowControlTraceEnabled(){return logging.isTracerEnabled(FLOW_CONTROL_TRACER_NAME)}get internalsTraceEnabled(){return logging.
isTracerEnabled("transport_internals")}trace(text){this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+this.
subchannelAddressString+" "+text)}keepaliveTrace(text){this.keepaliveTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,"keepalive","("+this.channelzRef.
id+") "+this.subchannelAddressString+" "+text)}flowControlTrace(text){this.flowControlTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,FLOW_CONTROL_TRACER_NAME,
"("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}internalsTrace(text){this.internalsTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,
"transport_internals","("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}reportDisconnectToOwner(tooManyPings){this.disconnectHandled||(this.disconnectHandled=
!0,this.disconnectListeners.forEach(listener=>listener(tooManyPings)))}handleDisconnect(){this.clearKeepaliveTimeout(),this.reportDisconnectToOwner(!1);for(let call of this.
activeCalls)call.onDisconnect();setImmediate(()=>{this.session.destroy()})}addDisconnectListener(listener){this.disconnectListeners.push(listener)}canSendPing(){
return!this.session.destroyed&&this.keepaliveTimeMs>0&&(this.keepaliveWithoutCalls||this.activeCalls.size>0)}maybeSendPing(){var _a,_b;if(!this.canSendPing()){this.
pendingSendKeepalivePing=!0;return}if(this.keepaliveTimer){console.error("keepaliveTimeout is not null");return}this.channelzEnabled&&(this.keepalivesSent+=1),this.
keepaliveTraceEnabled&&this.keepaliveTrace("Sending ping with timeout "+this.keepaliveTimeoutMs+"ms"),this.keepaliveTimer=setTimeout(()=>{this.keepaliveTimer=null,
this.keepaliveTrace("Ping timeout passed without response"),this.handleDisconnect()},this.keepaliveTimeoutMs),(_b=(_a=this.keepaliveTimer).unref)===null||_b===void 0||
_b.call(_a);let pingSendError="";try{this.session.ping((err,duration,payload)=>{this.clearKeepaliveTimeout(),err?(this.keepaliveTraceEnabled&&this.keepaliveTrace(
"Ping failed with error "+err.message),this.handleDisconnect()):(this.keepaliveTrace("Received ping response"),this.maybeStartKeepalivePingTimer())})||(pingSendError=
"Ping returned false")}catch(e){pingSendError=(e instanceof Error?e.message:"")||"Unknown error"}pingSendError&&(this.keepaliveTraceEnabled&&this.keepaliveTrace(
"Ping send failed: "+pingSendError),this.handleDisconnect())}maybeStartKeepalivePingTimer(){var _a,_b;this.canSendPing()&&(this.pendingSendKeepalivePing?(this.pendingSendKeepalivePing=
!1,this.maybeSendPing()):this.keepaliveTimer||(this.keepaliveTrace("Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),this.keepaliveTimer=setTimeout(()=>{
this.keepaliveTimer=null,this.maybeSendPing()},this.keepaliveTimeMs),(_b=(_a=this.keepaliveTimer).unref)===null||_b===void 0||_b.call(_a)))}clearKeepaliveTimeout(){
this.keepaliveTimer&&(clearTimeout(this.keepaliveTimer),this.keepaliveTimer=null)}removeActiveCall(call){this.activeCalls.delete(call),this.activeCalls.size===0&&
this.session.unref()}addActiveCall(call){this.activeCalls.add(call),this.activeCalls.size===1&&(this.session.ref(),this.keepaliveWithoutCalls||this.maybeStartKeepalivePingTimer())}createCall(metadata,host,method,listener,subchannelCallStatsTracker,callId){
let headers=metadata.toHttp2Headers();headers[HTTP2_HEADER_AUTHORITY]=host,headers[HTTP2_HEADER_USER_AGENT]=this.userAgent,headers[HTTP2_HEADER_CONTENT_TYPE]="a\
pplication/grpc",headers[HTTP2_HEADER_METHOD]="POST",headers[HTTP2_HEADER_PATH]=method,headers[HTTP2_HEADER_TE]="trailers";let http2Stream;try{http2Stream=this.
session.request(headers)}catch(e){throw this.handleDisconnect(),e}this.flowControlTraceEnabled&&this.flowControlTrace("local window size: "+this.session.state.localWindowSize+
" remote window size: "+this.session.state.remoteWindowSize),this.internalsTraceEnabled&&this.internalsTrace("session.closed="+this.session.closed+" session.des\
troyed="+this.session.destroyed+" session.socket.destroyed="+this.session.socket.destroyed);let eventTracker,call;return this.channelzEnabled?(this.streamTracker.
addCallStarted(),eventTracker={addMessageSent:()=>{var _a;this.messagesSent+=1,this.lastMessageSentTimestamp=Date.now(),(_a=subchannelCallStatsTracker.addMessageSent)===
null||_a===void 0||_a.call(subchannelCallStatsTracker)},addMessageReceived:()=>{var _a;this.messagesReceived+=1,this.lastMessageReceivedTimestamp=Date.now(),(_a=
subchannelCallStatsTracker.addMessageReceived)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},onCallEnd:status=>{var _a;(_a=subchannelCallStatsTracker.
onCallEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,status),this.removeActiveCall(call)},onStreamEnd:success=>{var _a;success?this.streamTracker.
addCallSucceeded():this.streamTracker.addCallFailed(),(_a=subchannelCallStatsTracker.onStreamEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,success)}}):
eventTracker={addMessageSent:()=>{var _a;(_a=subchannelCallStatsTracker.addMessageSent)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},addMessageReceived:()=>{
var _a;(_a=subchannelCallStatsTracker.addMessageReceived)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},onCallEnd:status=>{var _a;(_a=subchannelCallStatsTracker.
onCallEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,status),this.removeActiveCall(call)},onStreamEnd:success=>{var _a;(_a=subchannelCallStatsTracker.
onStreamEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,success)}},call=new subchannel_call_1.Http2SubchannelCall(http2Stream,eventTracker,listener,
this,callId??(0,call_number_1.getNextCallNumber)()),this.addActiveCall(call),call}getChannelzRef(){return this.channelzRef}getPeerName(){return this.subchannelAddressString}getOptions(){
return this.options}getAuthContext(){return this.authContext}shutdown(){this.session.close(),(0,channelz_1.unregisterChannelzRef)(this.channelzRef)}},Http2SubchannelConnector=class{constructor(channelTarget){
this.channelTarget=channelTarget,this.session=null,this.isShutdown=!1}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&
logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,(0,uri_parser_1.uriToString)(this.channelTarget)+" "+text)}createSession(secureConnectResult,address,options){
return this.isShutdown?Promise.reject():secureConnectResult.socket.closed?Promise.reject("Connection closed before starting HTTP/2 handshake"):new Promise((resolve,reject)=>{
var _a,_b,_c,_d,_e,_f,_g,_h;let remoteName=null,realTarget=this.channelTarget;if("grpc.http_connect_target"in options){let parsedTarget=(0,uri_parser_1.parseUri)(
options["grpc.http_connect_target"]);parsedTarget&&(realTarget=parsedTarget,remoteName=(0,uri_parser_1.uriToString)(parsedTarget))}let scheme=secureConnectResult.
secure?"https":"http",targetPath=(0,resolver_1.getDefaultAuthority)(realTarget),closeHandler=()=>{var _a2;(_a2=this.session)===null||_a2===void 0||_a2.destroy(),
this.session=null,setImmediate(()=>{reportedError||(reportedError=!0,reject(`${errorMessage.trim()} (${new Date().toISOString()})`))})},errorHandler=error=>{var _a2;
(_a2=this.session)===null||_a2===void 0||_a2.destroy(),errorMessage=error.message,this.traceEnabled&&this.trace("connection failed with error "+errorMessage),reportedError||
(reportedError=!0,reject(`${errorMessage} (${new Date().toISOString()})`))},sessionOptions={createConnection:(authority,option)=>secureConnectResult.socket,settings:{
initialWindowSize:(_d=(_a=options["grpc-node.flow_control_window"])!==null&&_a!==void 0?_a:(_c=(_b=http2.getDefaultSettings)===null||_b===void 0?void 0:_b.call(
http2))===null||_c===void 0?void 0:_c.initialWindowSize)!==null&&_d!==void 0?_d:65535},maxSendHeaderBlockLength:Number.MAX_SAFE_INTEGER,maxSessionMemory:(_e=options["\
grpc-node.max_session_memory"])!==null&&_e!==void 0?_e:Number.MAX_SAFE_INTEGER},session=http2.connect(`${scheme}://${targetPath}`,sessionOptions),defaultWin=(_h=
(_g=(_f=http2.getDefaultSettings)===null||_f===void 0?void 0:_f.call(http2))===null||_g===void 0?void 0:_g.initialWindowSize)!==null&&_h!==void 0?_h:65535,connWin=options["\
grpc-node.flow_control_window"];this.session=session;let errorMessage="Failed to connect",reportedError=!1;session.unref(),session.once("remoteSettings",()=>{var _a2;
if(connWin&&connWin>defaultWin)try{session.setLocalWindowSize(connWin)}catch{let delta=connWin-((_a2=session.state.localWindowSize)!==null&&_a2!==void 0?_a2:defaultWin);
delta>0&&session.incrementWindowSize(delta)}session.removeAllListeners(),secureConnectResult.socket.removeListener("close",closeHandler),secureConnectResult.socket.
removeListener("error",errorHandler),resolve(new Http2Transport(session,address,options,remoteName)),this.session=null}),session.once("close",closeHandler),session.
once("error",errorHandler),secureConnectResult.socket.once("close",closeHandler),secureConnectResult.socket.once("error",errorHandler)})}tcpConnect(address,options){
return(0,http_proxy_1.getProxiedConnection)(address,options).then(proxiedSocket=>proxiedSocket||new Promise((resolve,reject)=>{let closeCallback=()=>{reject(new Error(
"Socket closed"))},errorCallback=error=>{reject(error)},socket=net.connect(address,()=>{socket.removeListener("close",closeCallback),socket.removeListener("erro\
r",errorCallback),resolve(socket)});socket.once("close",closeCallback),socket.once("error",errorCallback)}))}async connect(address,secureConnector,options){if(this.
isShutdown)return Promise.reject();let tcpConnection=null,secureConnectResult=null,addressString=(0,subchannel_address_1.subchannelAddressToString)(address);try{
return this.traceEnabled&&this.trace(addressString+" Waiting for secureConnector to be ready"),await secureConnector.waitForReady(),this.traceEnabled&&this.trace(
addressString+" secureConnector is ready"),tcpConnection=await this.tcpConnect(address,options),tcpConnection.setNoDelay(),this.traceEnabled&&this.trace(addressString+
" Established TCP connection"),secureConnectResult=await secureConnector.connect(tcpConnection),this.traceEnabled&&this.trace(addressString+" Established secure\
 connection"),this.createSession(secureConnectResult,address,options)}catch(e){throw tcpConnection?.destroy(),secureConnectResult?.socket.destroy(),e}}shutdown(){
var _a;this.isShutdown=!0,(_a=this.session)===null||_a===void 0||_a.close(),this.session=null}};exports.Http2SubchannelConnector=Http2SubchannelConnector}});var require_subchannel_pool=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-pool.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.SubchannelPool=void 0;exports.getSubchannelPool=getSubchannelPool;var channel_options_1=require_channel_options(),subchannel_1=require_subchannel(),
subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),transport_1=require_transport(),REF_CHECK_INTERVAL=1e4,SubchannelPool=class{constructor(){
this.pool=Object.create(null),this.cleanupTimer=null}unrefUnusedSubchannels(){let allSubchannelsUnrefed=!0;for(let channelTarget in this.pool){let refedSubchannels=this.
pool[channelTarget].filter(value=>!value.subchannel.unrefIfOneRef());refedSubchannels.length>0&&(allSubchannelsUnrefed=!1),this.pool[channelTarget]=refedSubchannels}
allSubchannelsUnrefed&&this.cleanupTimer!==null&&(clearInterval(this.cleanupTimer),this.cleanupTimer=null)}ensureCleanupTask(){var _a,_b;this.cleanupTimer===null&&
(this.cleanupTimer=setInterval(()=>{this.unrefUnusedSubchannels()},REF_CHECK_INTERVAL),(_b=(_a=this.cleanupTimer).unref)===null||_b===void 0||_b.call(_a))}getOrCreateSubchannel(channelTargetUri,subchannelTarget,channelArguments,channelCredentials){
this.ensureCleanupTask();let channelTarget=(0,uri_parser_1.uriToString)(channelTargetUri);if(channelTarget in this.pool){let subchannelObjArray=this.pool[channelTarget];
for(let subchannelObj of subchannelObjArray)if((0,subchannel_address_1.subchannelAddressEqual)(subchannelTarget,subchannelObj.subchannelAddress)&&(0,channel_options_1.
channelOptionsEqual)(channelArguments,subchannelObj.channelArguments)&&channelCredentials._equals(subchannelObj.channelCredentials))return subchannelObj.subchannel}
let subchannel=new subchannel_1.Subchannel(channelTargetUri,subchannelTarget,channelArguments,channelCredentials,new transport_1.Http2SubchannelConnector(channelTargetUri));
return channelTarget in this.pool||(this.pool[channelTarget]=[]),this.pool[channelTarget].push({subchannelAddress:subchannelTarget,channelArguments,channelCredentials,
subchannel}),subchannel.ref(),subchannel}};exports.SubchannelPool=SubchannelPool;var globalSubchannelPool=new SubchannelPool;function getSubchannelPool(global){
return global?globalSubchannelPool:new SubchannelPool}}});var require_load_balancing_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancing-call.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.LoadBalancingCall=void 0;var call_credentials_1=require_call_credentials(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),
deadline_1=require_deadline(),metadata_1=require_metadata(),picker_1=require_picker(),logging=require_logging(),control_plane_status_1=require_control_plane_status(),
http2=__require("http2"),TRACER_NAME="load_balancing_call",RESOLVED_EMPTY_METADATA=Promise.resolve(void 0),LoadBalancingCall=class{constructor(channel,callConfig,methodName,host,credentials2,deadline,callNumber){
this.channel=channel,this.callConfig=callConfig,this.methodName=methodName,this.host=host,this.credentials=credentials2,this.deadline=deadline,this.callNumber=callNumber,
this.child=null,this.readPending=!1,this.pendingMessage=null,this.pendingHalfClose=!1,this.ended=!1,this.metadata=null,this.listener=null,this.onCallEnded=null,
this.childStartTime=null,this.serviceUrl=this.channel.getServiceUrl(this.host,this.methodName),this.startTime=Date.now()}getDeadlineInfo(){var _a,_b;let deadlineInfo=[];
return this.childStartTime!==null?(this.childStartTime>this.startTime&&(!((_a=this.metadata)===null||_a===void 0)&&_a.getOptions().waitForReady&&deadlineInfo.push(
"wait_for_ready"),deadlineInfo.push(`LB pick: ${(0,deadline_1.formatDateDifference)(this.startTime,this.childStartTime)}`)),deadlineInfo.push(...this.child.getDeadlineInfo()),
deadlineInfo):(!((_b=this.metadata)===null||_b===void 0)&&_b.getOptions().waitForReady&&deadlineInfo.push("wait_for_ready"),deadlineInfo.push("Waiting for LB pi\
ck"),deadlineInfo)}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,
"["+this.callNumber+"] "+text)}getSubchannelString(subchannel){return subchannel?"("+subchannel.getChannelzRef().id+") "+subchannel.getAddress():""+subchannel}outputStatus(status,progress){
var _a,_b;if(!this.ended){this.ended=!0,this.traceEnabled&&this.trace("ended with status: code="+status.code+' details="'+status.details+'" start time='+new Date(
this.startTime).toISOString());let finalStatus=Object.assign(Object.assign({},status),{progress});(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus(finalStatus),
(_b=this.onCallEnded)===null||_b===void 0||_b.call(this,finalStatus.code,finalStatus.details,finalStatus.metadata),this.channel.removeCallFromPickQueue(this)}}generateCallCredentialsMetadata(callCredentials){
return(0,call_credentials_1.isEmptyCallCredentials)(callCredentials)?RESOLVED_EMPTY_METADATA:callCredentials.generateMetadata({method_name:this.methodName,service_url:this.
serviceUrl})}doPick(){var _a,_b;if(this.ended)return;if(!this.metadata)throw new Error("doPick called before start");this.trace("Pick called");let finalMetadata=this.
metadata.clone(),pickResult=this.channel.doPick(finalMetadata,this.callConfig.pickInformation);switch(this.traceEnabled&&this.trace("Pick result: "+picker_1.PickResultType[pickResult.
pickResultType]+" subchannel: "+this.getSubchannelString(pickResult.subchannel)+" status: "+((_a=pickResult.status)===null||_a===void 0?void 0:_a.code)+" "+((_b=
pickResult.status)===null||_b===void 0?void 0:_b.details)),pickResult.pickResultType){case picker_1.PickResultType.COMPLETE:this.generateCallCredentialsMetadata(
this.credentials.compose(pickResult.subchannel.getCallCredentials())).then(credsMetadata=>{var _a2;if(this.ended){this.trace("Credentials metadata generation fi\
nished after call ended");return}if(credsMetadata&&finalMetadata.merge(credsMetadata),finalMetadata.get("authorization").length>1&&this.outputStatus({code:constants_1.
Status.INTERNAL,details:'"authorization" metadata cannot have multiple values',metadata:new metadata_1.Metadata},"PROCESSED"),pickResult.subchannel.getConnectivityState()!==
connectivity_state_1.ConnectivityState.READY){this.traceEnabled&&this.trace("Picked subchannel "+this.getSubchannelString(pickResult.subchannel)+" has state "+connectivity_state_1.
ConnectivityState[pickResult.subchannel.getConnectivityState()]+" after getting credentials metadata. Retrying pick"),this.doPick();return}this.deadline!==1/0&&
finalMetadata.set("grpc-timeout",(0,deadline_1.getDeadlineTimeoutString)(this.deadline));try{this.child=pickResult.subchannel.getRealSubchannel().createCall(finalMetadata,
this.host,this.methodName,{onReceiveMetadata:metadata=>{this.trace("Received metadata"),this.listener.onReceiveMetadata(metadata)},onReceiveMessage:message=>{this.
trace("Received message"),this.listener.onReceiveMessage(message)},onReceiveStatus:status=>{this.trace("Received status"),status.rstCode===http2.constants.NGHTTP2_REFUSED_STREAM?
this.outputStatus(status,"REFUSED"):this.outputStatus(status,"PROCESSED")}},this.callNumber),this.childStartTime=Date.now()}catch(error){this.traceEnabled&&this.
trace("Failed to start call on picked subchannel "+this.getSubchannelString(pickResult.subchannel)+" with error "+error.message),this.outputStatus({code:constants_1.
Status.INTERNAL,details:"Failed to start HTTP/2 stream with error "+error.message,metadata:new metadata_1.Metadata},"NOT_STARTED");return}(_a2=pickResult.onCallStarted)===
null||_a2===void 0||_a2.call(pickResult),this.onCallEnded=pickResult.onCallEnded,this.traceEnabled&&this.trace("Created child call ["+this.child.getCallNumber()+
"]"),this.readPending&&this.child.startRead(),this.pendingMessage&&this.child.sendMessageWithContext(this.pendingMessage.context,this.pendingMessage.message),this.
pendingHalfClose&&this.child.halfClose()},error=>{let{code:code2,details:details2}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(typeof error.code==
"number"?error.code:constants_1.Status.UNKNOWN,`Getting metadata from plugin failed with error: ${error.message}`);this.outputStatus({code:code2,details:details2,
metadata:new metadata_1.Metadata},"PROCESSED")});break;case picker_1.PickResultType.DROP:let{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(
pickResult.status.code,pickResult.status.details);setImmediate(()=>{this.outputStatus({code,details,metadata:pickResult.status.metadata},"DROP")});break;case picker_1.
PickResultType.TRANSIENT_FAILURE:if(this.metadata.getOptions().waitForReady)this.channel.queueCallForPick(this);else{let{code:code2,details:details2}=(0,control_plane_status_1.
restrictControlPlaneStatusCode)(pickResult.status.code,pickResult.status.details);setImmediate(()=>{this.outputStatus({code:code2,details:details2,metadata:pickResult.
status.metadata},"PROCESSED")})}break;case picker_1.PickResultType.QUEUE:this.channel.queueCallForPick(this)}}cancelWithStatus(status,details){var _a;this.traceEnabled&&
this.trace("cancelWithStatus code: "+status+' details: "'+details+'"'),(_a=this.child)===null||_a===void 0||_a.cancelWithStatus(status,details),this.outputStatus(
{code:status,details,metadata:new metadata_1.Metadata},"PROCESSED")}getPeer(){var _a,_b;return(_b=(_a=this.child)===null||_a===void 0?void 0:_a.getPeer())!==null&&
_b!==void 0?_b:this.channel.getTarget()}start(metadata,listener){this.trace("start called"),this.listener=listener,this.metadata=metadata,this.doPick()}sendMessageWithContext(context,message){
this.traceEnabled&&this.trace("write() called with message of length "+message.length),this.child?this.child.sendMessageWithContext(context,message):this.pendingMessage=
{context,message}}startRead(){this.trace("startRead called"),this.child?this.child.startRead():this.readPending=!0}halfClose(){this.trace("halfClose called"),this.
child?this.child.halfClose():this.pendingHalfClose=!0}setCredentials(credentials2){throw new Error("Method not implemented.")}getCallNumber(){return this.callNumber}getAuthContext(){
return this.child?this.child.getAuthContext():null}};exports.LoadBalancingCall=LoadBalancingCall}});var require_resolving_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolving-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.ResolvingCall=void 0;var call_credentials_1=require_call_credentials(),constants_1=require_constants(),deadline_1=require_deadline(),metadata_1=require_metadata(),
logging=require_logging(),control_plane_status_1=require_control_plane_status(),TRACER_NAME="resolving_call",ResolvingCall=class{constructor(channel,method,options,filterStackFactory,callNumber){
this.channel=channel,this.method=method,this.filterStackFactory=filterStackFactory,this.callNumber=callNumber,this.child=null,this.readPending=!1,this.pendingMessage=
null,this.pendingHalfClose=!1,this.ended=!1,this.readFilterPending=!1,this.writeFilterPending=!1,this.pendingChildStatus=null,this.metadata=null,this.listener=null,
this.statusWatchers=[],this.deadlineTimer=null,this.filterStack=null,this.deadlineStartTime=null,this.configReceivedTime=null,this.childStartTime=null,this.credentials=
call_credentials_1.CallCredentials.createEmpty(),this.deadline=options.deadline,this.host=options.host,options.parentCall&&(options.flags&constants_1.Propagate.
CANCELLATION&&options.parentCall.on("cancelled",()=>{this.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled by parent call")}),options.flags&constants_1.
Propagate.DEADLINE&&(this.traceEnabled&&this.trace("Propagating deadline from parent: "+options.parentCall.getDeadline()),this.deadline=(0,deadline_1.minDeadline)(
this.deadline,options.parentCall.getDeadline()))),this.trace("Created"),this.runDeadlineTimer()}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){
this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callNumber+"] "+text)}runDeadlineTimer(){this.deadlineTimer&&(clearTimeout(
this.deadlineTimer),this.deadlineTimer=null),this.deadlineStartTime=Date.now(),this.traceEnabled&&this.trace("Deadline: "+(0,deadline_1.deadlineToString)(this.deadline));
let timeout=(0,deadline_1.getRelativeTimeout)(this.deadline);if(timeout!==1/0){this.traceEnabled&&this.trace("Deadline will be reached in "+timeout+"ms");let handleDeadline=()=>{
if(this.deadlineTimer=null,this.deadlineStartTime===null){this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,"Deadline exceeded");return}let deadlineInfo=[],
deadlineEndTime=Date.now();deadlineInfo.push(`Deadline exceeded after ${(0,deadline_1.formatDateDifference)(this.deadlineStartTime,deadlineEndTime)}`),this.configReceivedTime!==
null?(this.configReceivedTime>this.deadlineStartTime&&deadlineInfo.push(`name resolution: ${(0,deadline_1.formatDateDifference)(this.deadlineStartTime,this.configReceivedTime)}`),
this.childStartTime!==null?this.childStartTime>this.configReceivedTime&&deadlineInfo.push(`metadata filters: ${(0,deadline_1.formatDateDifference)(this.configReceivedTime,
this.childStartTime)}`):deadlineInfo.push("waiting for metadata filters")):deadlineInfo.push("waiting for name resolution"),this.child&&deadlineInfo.push(...this.
child.getDeadlineInfo()),this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,deadlineInfo.join(","))};timeout<=0?process.nextTick(handleDeadline):this.deadlineTimer=
setTimeout(handleDeadline,timeout)}}outputStatus(status){if(!this.ended){this.ended=!0,this.filterStack||(this.filterStack=this.filterStackFactory.createFilter()),
this.deadlineTimer&&(clearTimeout(this.deadlineTimer),this.deadlineTimer=null);let filteredStatus=this.filterStack.receiveTrailers(status);this.traceEnabled&&this.
trace("ended with status: code="+filteredStatus.code+' details="'+filteredStatus.details+'"'),this.statusWatchers.forEach(watcher=>watcher(filteredStatus)),process.
nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus(filteredStatus)})}}sendMessageOnChild(context,message){if(!this.child)throw new Error(
"sendMessageonChild called with child not populated");let child=this.child;this.writeFilterPending=!0,this.filterStack.sendMessage(Promise.resolve({message,flags:context.
flags})).then(filteredMessage=>{this.writeFilterPending=!1,child.sendMessageWithContext(context,filteredMessage.message),this.pendingHalfClose&&child.halfClose()},
status=>{var _a,_b;this.cancelWithStatus((_a=status.code)!==null&&_a!==void 0?_a:constants_1.Status.INTERNAL,(_b=status.details)!==null&&_b!==void 0?_b:"Failed \
to write message")})}getConfig(){if(this.ended)return;if(!this.metadata||!this.listener)throw new Error("getConfig called before start");let configResult=this.channel.
getConfig(this.method,this.metadata);if(configResult.type==="NONE"){this.channel.queueCallForConfig(this);return}else if(configResult.type==="ERROR"){this.metadata.
getOptions().waitForReady?this.channel.queueCallForConfig(this):this.outputStatus(configResult.error);return}this.configReceivedTime=Date.now();let config=configResult.
config;if(config.status!==constants_1.Status.OK){let{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(config.status,"Failed to route call\
 to method "+this.method);this.outputStatus({code,details,metadata:new metadata_1.Metadata});return}if(config.methodConfig.timeout){let timeoutMs=Math.floor(config.
methodConfig.timeout.seconds*1e3+config.methodConfig.timeout.nanos/1e6),configDeadline=Date.now()+timeoutMs;this.deadline=(0,deadline_1.minDeadline)(this.deadline,
configDeadline),this.runDeadlineTimer()}this.filterStackFactory.push(config.dynamicFilterFactories),this.filterStack=this.filterStackFactory.createFilter(),this.
filterStack.sendMetadata(Promise.resolve(this.metadata)).then(filteredMetadata=>{this.child=this.channel.createRetryingCall(config,this.method,this.host,this.credentials,
this.deadline,this.callNumber),this.traceEnabled&&this.trace("Created child ["+this.child.getCallNumber()+"]"),this.childStartTime=Date.now(),this.child.start(filteredMetadata,
{onReceiveMetadata:metadata=>{this.trace("Received metadata"),this.listener.onReceiveMetadata(this.filterStack.receiveMetadata(metadata))},onReceiveMessage:message=>{
this.trace("Received message"),this.readFilterPending=!0,this.filterStack.receiveMessage(message).then(filteredMesssage=>{this.trace("Finished filtering receive\
d message"),this.readFilterPending=!1,this.listener.onReceiveMessage(filteredMesssage),this.pendingChildStatus&&this.outputStatus(this.pendingChildStatus)},status=>{
this.cancelWithStatus(status.code,status.details)})},onReceiveStatus:status=>{this.trace("Received status"),this.readFilterPending?this.pendingChildStatus=status:
this.outputStatus(status)}}),this.readPending&&this.child.startRead(),this.pendingMessage?this.sendMessageOnChild(this.pendingMessage.context,this.pendingMessage.
message):this.pendingHalfClose&&this.child.halfClose()},status=>{this.outputStatus(status)})}reportResolverError(status){var _a;!((_a=this.metadata)===null||_a===
void 0)&&_a.getOptions().waitForReady?this.channel.queueCallForConfig(this):this.outputStatus(status)}cancelWithStatus(status,details){var _a;this.traceEnabled&&
this.trace("cancelWithStatus code: "+status+' details: "'+details+'"'),(_a=this.child)===null||_a===void 0||_a.cancelWithStatus(status,details),this.outputStatus(
{code:status,details,metadata:new metadata_1.Metadata})}getPeer(){var _a,_b;return(_b=(_a=this.child)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?
_b:this.channel.getTarget()}start(metadata,listener){this.trace("start called"),this.metadata=metadata.clone(),this.listener=listener,this.getConfig()}sendMessageWithContext(context,message){
this.traceEnabled&&this.trace("write() called with message of length "+message.length),this.child?this.sendMessageOnChild(context,message):this.pendingMessage={
context,message}}startRead(){this.trace("startRead called"),this.child?this.child.startRead():this.readPending=!0}halfClose(){this.trace("halfClose called"),this.
child&&!this.writeFilterPending?this.child.halfClose():this.pendingHalfClose=!0}setCredentials(credentials2){this.credentials=credentials2}addStatusWatcher(watcher){
this.statusWatchers.push(watcher)}getCallNumber(){return this.callNumber}getAuthContext(){return this.child?this.child.getAuthContext():null}};exports.ResolvingCall=
ResolvingCall}});var require_retrying_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/retrying-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{
value:!0});exports.RetryingCall=exports.MessageBufferTracker=exports.RetryThrottler=void 0;var constants_1=require_constants(),deadline_1=require_deadline(),metadata_1=require_metadata(),
logging=require_logging(),call_number_1=require_call_number(),TRACER_NAME="retrying_call",RetryThrottler=class{constructor(maxTokens,tokenRatio,previousRetryThrottler){
this.maxTokens=maxTokens,this.tokenRatio=tokenRatio,previousRetryThrottler?this.tokens=previousRetryThrottler.tokens*(maxTokens/previousRetryThrottler.maxTokens):
this.tokens=maxTokens}addCallSucceeded(){this.tokens=Math.min(this.tokens+this.tokenRatio,this.maxTokens)}addCallFailed(){this.tokens=Math.max(this.tokens-1,0)}canRetryCall(){
return this.tokens>this.maxTokens/2}};exports.RetryThrottler=RetryThrottler;var MessageBufferTracker=class{constructor(totalLimit,limitPerCall){this.totalLimit=
totalLimit,this.limitPerCall=limitPerCall,this.totalAllocated=0,this.allocatedPerCall=new Map}allocate(size,callId){var _a;let currentPerCall=(_a=this.allocatedPerCall.
get(callId))!==null&&_a!==void 0?_a:0;return this.limitPerCall-currentPerCall<size||this.totalLimit-this.totalAllocated<size?!1:(this.allocatedPerCall.set(callId,
currentPerCall+size),this.totalAllocated+=size,!0)}free(size,callId){var _a;if(this.totalAllocated<size)throw new Error(`Invalid buffer allocation state: call ${callId}\
 freed ${size} > total allocated ${this.totalAllocated}`);this.totalAllocated-=size;let currentPerCall=(_a=this.allocatedPerCall.get(callId))!==null&&_a!==void 0?
_a:0;if(currentPerCall<size)throw new Error(`Invalid buffer allocation state: call ${callId} freed ${size} > allocated for call ${currentPerCall}`);this.allocatedPerCall.
set(callId,currentPerCall-size)}freeAll(callId){var _a;let currentPerCall=(_a=this.allocatedPerCall.get(callId))!==null&&_a!==void 0?_a:0;if(this.totalAllocated<
currentPerCall)throw new Error(`Invalid buffer allocation state: call ${callId} allocated ${currentPerCall} > total allocated ${this.totalAllocated}`);this.totalAllocated-=
currentPerCall,this.allocatedPerCall.delete(callId)}};exports.MessageBufferTracker=MessageBufferTracker;var PREVIONS_RPC_ATTEMPTS_METADATA_KEY="grpc-previous-rp\
c-attempts",DEFAULT_MAX_ATTEMPTS_LIMIT=5,RetryingCall=class{constructor(channel,callConfig,methodName,host,credentials2,deadline,callNumber,bufferTracker,retryThrottler){
var _a;this.channel=channel,this.callConfig=callConfig,this.methodName=methodName,this.host=host,this.credentials=credentials2,this.deadline=deadline,this.callNumber=
callNumber,this.bufferTracker=bufferTracker,this.retryThrottler=retryThrottler,this.listener=null,this.initialMetadata=null,this.underlyingCalls=[],this.writeBuffer=
[],this.writeBufferOffset=0,this.readStarted=!1,this.transparentRetryUsed=!1,this.attempts=0,this.hedgingTimer=null,this.retryTimer=null,this.committedCallIndex=
null,this.initialRetryBackoffSec=0,this.nextRetryBackoffSec=0;let maxAttemptsLimit=(_a=channel.getOptions()["grpc-node.retry_max_attempts_limit"])!==null&&_a!==
void 0?_a:DEFAULT_MAX_ATTEMPTS_LIMIT;if(channel.getOptions()["grpc.enable_retries"]===0)this.state="NO_RETRY",this.maxAttempts=1;else if(callConfig.methodConfig.
retryPolicy){this.state="RETRY";let retryPolicy=callConfig.methodConfig.retryPolicy;this.nextRetryBackoffSec=this.initialRetryBackoffSec=Number(retryPolicy.initialBackoff.
substring(0,retryPolicy.initialBackoff.length-1)),this.maxAttempts=Math.min(retryPolicy.maxAttempts,maxAttemptsLimit)}else callConfig.methodConfig.hedgingPolicy?
(this.state="HEDGING",this.maxAttempts=Math.min(callConfig.methodConfig.hedgingPolicy.maxAttempts,maxAttemptsLimit)):(this.state="TRANSPARENT_ONLY",this.maxAttempts=
1);this.startTime=Date.now()}getDeadlineInfo(){if(this.underlyingCalls.length===0)return[];let deadlineInfo=[],latestCall=this.underlyingCalls[this.underlyingCalls.
length-1];return this.underlyingCalls.length>1&&deadlineInfo.push(`previous attempts: ${this.underlyingCalls.length-1}`),latestCall.startTime>this.startTime&&deadlineInfo.
push(`time to current attempt start: ${(0,deadline_1.formatDateDifference)(this.startTime,latestCall.startTime)}`),deadlineInfo.push(...latestCall.call.getDeadlineInfo()),
deadlineInfo}getCallNumber(){return this.callNumber}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callNumber+"] "+text)}reportStatus(statusObject){this.traceEnabled&&this.trace("ended with status: code="+statusObject.
code+' details="'+statusObject.details+'" start time='+new Date(this.startTime).toISOString()),this.bufferTracker.freeAll(this.callNumber),this.writeBufferOffset=
this.writeBufferOffset+this.writeBuffer.length,this.writeBuffer=[],process.nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus({code:statusObject.
code,details:statusObject.details,metadata:statusObject.metadata})})}cancelWithStatus(status,details){this.traceEnabled&&this.trace("cancelWithStatus code: "+status+
' details: "'+details+'"'),this.state="NO_RETRY",this.retryTimer&&(clearTimeout(this.retryTimer),this.retryTimer=null),this.hedgingTimer&&(clearTimeout(this.hedgingTimer),
this.hedgingTimer=null),this.reportStatus({code:status,details,metadata:new metadata_1.Metadata});for(let{call}of this.underlyingCalls)call.cancelWithStatus(status,
details)}getPeer(){return this.committedCallIndex!==null?this.underlyingCalls[this.committedCallIndex].call.getPeer():"unknown"}getBufferEntry(messageIndex){var _a;
return(_a=this.writeBuffer[messageIndex-this.writeBufferOffset])!==null&&_a!==void 0?_a:{entryType:"FREED",allocated:!1}}getNextBufferIndex(){return this.writeBufferOffset+
this.writeBuffer.length}clearSentMessages(){if(this.state!=="COMMITTED")return;let earliestNeededMessageIndex;this.underlyingCalls[this.committedCallIndex].state===
"COMPLETED"?earliestNeededMessageIndex=this.getNextBufferIndex():earliestNeededMessageIndex=this.underlyingCalls[this.committedCallIndex].nextMessageToSend;for(let messageIndex=this.
writeBufferOffset;messageIndex<earliestNeededMessageIndex;messageIndex++){let bufferEntry=this.getBufferEntry(messageIndex);bufferEntry.allocated&&this.bufferTracker.
free(bufferEntry.message.message.length,this.callNumber)}this.writeBuffer=this.writeBuffer.slice(earliestNeededMessageIndex-this.writeBufferOffset),this.writeBufferOffset=
earliestNeededMessageIndex}commitCall(index){var _a,_b;if(this.state!=="COMMITTED"){this.traceEnabled&&this.trace("Committing call ["+this.underlyingCalls[index].
call.getCallNumber()+"] at index "+index),this.state="COMMITTED",(_b=(_a=this.callConfig).onCommitted)===null||_b===void 0||_b.call(_a),this.committedCallIndex=
index;for(let i=0;i<this.underlyingCalls.length;i++)i!==index&&this.underlyingCalls[i].state!=="COMPLETED"&&(this.underlyingCalls[i].state="COMPLETED",this.underlyingCalls[i].
call.cancelWithStatus(constants_1.Status.CANCELLED,"Discarded in favor of other hedged attempt"));this.clearSentMessages()}}commitCallWithMostMessages(){if(this.
state==="COMMITTED")return;let mostMessages=-1,callWithMostMessages=-1;for(let[index,childCall]of this.underlyingCalls.entries())childCall.state==="ACTIVE"&&childCall.
nextMessageToSend>mostMessages&&(mostMessages=childCall.nextMessageToSend,callWithMostMessages=index);callWithMostMessages===-1?this.state="TRANSPARENT_ONLY":this.
commitCall(callWithMostMessages)}isStatusCodeInList(list,code){return list.some(value=>{var _a;return value===code||value.toString().toLowerCase()===((_a=constants_1.
Status[code])===null||_a===void 0?void 0:_a.toLowerCase())})}getNextRetryJitter(){return Math.random()*(1.2-.8)+.8}getNextRetryBackoffMs(){var _a;let retryPolicy=(_a=
this.callConfig)===null||_a===void 0?void 0:_a.methodConfig.retryPolicy;if(!retryPolicy)return 0;let nextBackoffMs=this.getNextRetryJitter()*this.nextRetryBackoffSec*
1e3,maxBackoffSec=Number(retryPolicy.maxBackoff.substring(0,retryPolicy.maxBackoff.length-1));return this.nextRetryBackoffSec=Math.min(this.nextRetryBackoffSec*
retryPolicy.backoffMultiplier,maxBackoffSec),nextBackoffMs}maybeRetryCall(pushback,callback){if(this.state!=="RETRY"){callback(!1);return}if(this.attempts>=this.
maxAttempts){callback(!1);return}let retryDelayMs;if(pushback===null)retryDelayMs=this.getNextRetryBackoffMs();else if(pushback<0){this.state="TRANSPARENT_ONLY",
callback(!1);return}else retryDelayMs=pushback,this.nextRetryBackoffSec=this.initialRetryBackoffSec;this.retryTimer=setTimeout(()=>{var _a,_b;if(this.retryTimer=
null,this.state!=="RETRY"){callback(!1);return}!((_b=(_a=this.retryThrottler)===null||_a===void 0?void 0:_a.canRetryCall())!==null&&_b!==void 0)||_b?(callback(!0),
this.attempts+=1,this.startNewAttempt()):(this.trace("Retry attempt denied by throttling policy"),callback(!1))},retryDelayMs)}countActiveCalls(){let count=0;for(let call of this.
underlyingCalls)call?.state==="ACTIVE"&&(count+=1);return count}handleProcessedStatus(status,callIndex,pushback){var _a,_b,_c;switch(this.state){case"COMMITTED":case"\
NO_RETRY":case"TRANSPARENT_ONLY":this.commitCall(callIndex),this.reportStatus(status);break;case"HEDGING":if(this.isStatusCodeInList((_a=this.callConfig.methodConfig.
hedgingPolicy.nonFatalStatusCodes)!==null&&_a!==void 0?_a:[],status.code)){(_b=this.retryThrottler)===null||_b===void 0||_b.addCallFailed();let delayMs;if(pushback===
null)delayMs=0;else if(pushback<0){this.state="TRANSPARENT_ONLY",this.commitCall(callIndex),this.reportStatus(status);return}else delayMs=pushback;setTimeout(()=>{
this.maybeStartHedgingAttempt(),this.countActiveCalls()===0&&(this.commitCall(callIndex),this.reportStatus(status))},delayMs)}else this.commitCall(callIndex),this.
reportStatus(status);break;case"RETRY":this.isStatusCodeInList(this.callConfig.methodConfig.retryPolicy.retryableStatusCodes,status.code)?((_c=this.retryThrottler)===
null||_c===void 0||_c.addCallFailed(),this.maybeRetryCall(pushback,retried=>{retried||(this.commitCall(callIndex),this.reportStatus(status))})):(this.commitCall(
callIndex),this.reportStatus(status));break}}getPushback(metadata){let mdValue=metadata.get("grpc-retry-pushback-ms");if(mdValue.length===0)return null;try{return parseInt(
mdValue[0])}catch{return-1}}handleChildStatus(status,callIndex){var _a;if(this.underlyingCalls[callIndex].state==="COMPLETED")return;if(this.traceEnabled&&this.
trace("state="+this.state+" handling status with progress "+status.progress+" from child ["+this.underlyingCalls[callIndex].call.getCallNumber()+"] in state "+this.
underlyingCalls[callIndex].state),this.underlyingCalls[callIndex].state="COMPLETED",status.code===constants_1.Status.OK){(_a=this.retryThrottler)===null||_a===void 0||
_a.addCallSucceeded(),this.commitCall(callIndex),this.reportStatus(status);return}if(this.state==="NO_RETRY"){this.commitCall(callIndex),this.reportStatus(status);
return}if(this.state==="COMMITTED"){this.reportStatus(status);return}let pushback=this.getPushback(status.metadata);switch(status.progress){case"NOT_STARTED":this.
startNewAttempt();break;case"REFUSED":this.transparentRetryUsed?this.handleProcessedStatus(status,callIndex,pushback):(this.transparentRetryUsed=!0,this.startNewAttempt());
break;case"DROP":this.commitCall(callIndex),this.reportStatus(status);break;case"PROCESSED":this.handleProcessedStatus(status,callIndex,pushback);break}}maybeStartHedgingAttempt(){
this.state==="HEDGING"&&this.callConfig.methodConfig.hedgingPolicy&&(this.attempts>=this.maxAttempts||(this.attempts+=1,this.startNewAttempt(),this.maybeStartHedgingTimer()))}maybeStartHedgingTimer(){
var _a,_b,_c;if(this.hedgingTimer&&clearTimeout(this.hedgingTimer),this.state!=="HEDGING"||!this.callConfig.methodConfig.hedgingPolicy)return;let hedgingPolicy=this.
callConfig.methodConfig.hedgingPolicy;if(this.attempts>=this.maxAttempts)return;let hedgingDelayString=(_a=hedgingPolicy.hedgingDelay)!==null&&_a!==void 0?_a:"0\
s",hedgingDelaySec=Number(hedgingDelayString.substring(0,hedgingDelayString.length-1));this.hedgingTimer=setTimeout(()=>{this.maybeStartHedgingAttempt()},hedgingDelaySec*
1e3),(_c=(_b=this.hedgingTimer).unref)===null||_c===void 0||_c.call(_b)}startNewAttempt(){let childCallNumber=this.underlyingCalls.length>0?(0,call_number_1.getNextCallNumber)():
this.callNumber,child=this.channel.createLoadBalancingCall(this.callConfig,this.methodName,this.host,this.credentials,this.deadline,childCallNumber);this.traceEnabled&&
this.trace("Created child call ["+child.getCallNumber()+"] for attempt "+this.attempts);let index=this.underlyingCalls.length;this.underlyingCalls.push({state:"\
ACTIVE",call:child,nextMessageToSend:0,startTime:Date.now()});let previousAttempts=this.attempts-1,initialMetadata=this.initialMetadata;previousAttempts>0&&(initialMetadata=
initialMetadata.clone(),initialMetadata.set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,`${previousAttempts}`));let receivedMetadata=!1;child.start(initialMetadata,{onReceiveMetadata:metadata=>{
this.traceEnabled&&this.trace("Received metadata from child ["+child.getCallNumber()+"]"),this.commitCall(index),receivedMetadata=!0,previousAttempts>0&&metadata.
set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,`${previousAttempts}`),this.underlyingCalls[index].state==="ACTIVE"&&this.listener.onReceiveMetadata(metadata)},onReceiveMessage:message=>{
this.traceEnabled&&this.trace("Received message from child ["+child.getCallNumber()+"]"),this.commitCall(index),this.underlyingCalls[index].state==="ACTIVE"&&this.
listener.onReceiveMessage(message)},onReceiveStatus:status=>{this.traceEnabled&&this.trace("Received status from child ["+child.getCallNumber()+"]"),!receivedMetadata&&
previousAttempts>0&&status.metadata.set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,`${previousAttempts}`),this.handleChildStatus(status,index)}}),this.sendNextChildMessage(
index),this.readStarted&&child.startRead()}start(metadata,listener){this.trace("start called"),this.listener=listener,this.initialMetadata=metadata,this.attempts+=
1,this.startNewAttempt(),this.maybeStartHedgingTimer()}handleChildWriteCompleted(childIndex,messageIndex){var _a,_b;(_b=(_a=this.getBufferEntry(messageIndex)).callback)===
null||_b===void 0||_b.call(_a),this.clearSentMessages();let childCall=this.underlyingCalls[childIndex];childCall.nextMessageToSend+=1,this.sendNextChildMessage(
childIndex)}sendNextChildMessage(childIndex){let childCall=this.underlyingCalls[childIndex];if(childCall.state==="COMPLETED")return;let messageIndex=childCall.nextMessageToSend;
if(this.getBufferEntry(messageIndex)){let bufferEntry=this.getBufferEntry(messageIndex);switch(bufferEntry.entryType){case"MESSAGE":childCall.call.sendMessageWithContext(
{callback:error=>{this.handleChildWriteCompleted(childIndex,messageIndex)}},bufferEntry.message.message),this.getBufferEntry(messageIndex+1).entryType==="HALF_C\
LOSE"&&(this.traceEnabled&&this.trace("Sending halfClose immediately after message to child ["+childCall.call.getCallNumber()+"] - optimizing for unary/final me\
ssage"),childCall.nextMessageToSend+=1,childCall.call.halfClose());break;case"HALF_CLOSE":childCall.nextMessageToSend+=1,childCall.call.halfClose();break;case"F\
REED":break}}}sendMessageWithContext(context,message){this.traceEnabled&&this.trace("write() called with message of length "+message.length);let writeObj={message,
flags:context.flags},messageIndex=this.getNextBufferIndex(),bufferEntry={entryType:"MESSAGE",message:writeObj,allocated:this.bufferTracker.allocate(message.length,
this.callNumber)};if(this.writeBuffer.push(bufferEntry),bufferEntry.allocated){process.nextTick(()=>{var _a;(_a=context.callback)===null||_a===void 0||_a.call(context)});
for(let[callIndex,call]of this.underlyingCalls.entries())call.state==="ACTIVE"&&call.nextMessageToSend===messageIndex&&call.call.sendMessageWithContext({callback:error=>{
this.handleChildWriteCompleted(callIndex,messageIndex)}},message)}else{if(this.commitCallWithMostMessages(),this.committedCallIndex===null)return;let call=this.
underlyingCalls[this.committedCallIndex];bufferEntry.callback=context.callback,call.state==="ACTIVE"&&call.nextMessageToSend===messageIndex&&call.call.sendMessageWithContext(
{callback:error=>{this.handleChildWriteCompleted(this.committedCallIndex,messageIndex)}},message)}}startRead(){this.trace("startRead called"),this.readStarted=!0;
for(let underlyingCall of this.underlyingCalls)underlyingCall?.state==="ACTIVE"&&underlyingCall.call.startRead()}halfClose(){this.trace("halfClose called");let halfCloseIndex=this.
getNextBufferIndex();this.writeBuffer.push({entryType:"HALF_CLOSE",allocated:!1});for(let call of this.underlyingCalls)call?.state==="ACTIVE"&&(call.nextMessageToSend===
halfCloseIndex||call.nextMessageToSend===halfCloseIndex-1)&&(this.traceEnabled&&this.trace("Sending halfClose immediately to child ["+call.call.getCallNumber()+
"] - all messages already sent"),call.nextMessageToSend+=1,call.call.halfClose())}setCredentials(newCredentials){throw new Error("Method not implemented.")}getMethod(){
return this.methodName}getHost(){return this.host}getAuthContext(){return this.committedCallIndex!==null?this.underlyingCalls[this.committedCallIndex].call.getAuthContext():
null}};exports.RetryingCall=RetryingCall}});var require_subchannel_interface=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-interface.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.BaseSubchannelWrapper=void 0;var BaseSubchannelWrapper=class{constructor(child){this.child=child,this.healthy=!0,this.healthListeners=
new Set,this.refcount=0,this.dataWatchers=new Set,child.addHealthStateWatcher(childHealthy=>{this.healthy&&this.updateHealthListeners()})}updateHealthListeners(){
for(let listener of this.healthListeners)listener(this.isHealthy())}getConnectivityState(){return this.child.getConnectivityState()}addConnectivityStateListener(listener){
this.child.addConnectivityStateListener(listener)}removeConnectivityStateListener(listener){this.child.removeConnectivityStateListener(listener)}startConnecting(){
this.child.startConnecting()}getAddress(){return this.child.getAddress()}throttleKeepalive(newKeepaliveTime){this.child.throttleKeepalive(newKeepaliveTime)}ref(){
this.child.ref(),this.refcount+=1}unref(){this.child.unref(),this.refcount-=1,this.refcount===0&&this.destroy()}destroy(){for(let watcher of this.dataWatchers)watcher.
destroy()}getChannelzRef(){return this.child.getChannelzRef()}isHealthy(){return this.healthy&&this.child.isHealthy()}addHealthStateWatcher(listener){this.healthListeners.
add(listener)}removeHealthStateWatcher(listener){this.healthListeners.delete(listener)}addDataWatcher(dataWatcher){dataWatcher.setSubchannel(this.getRealSubchannel()),
this.dataWatchers.add(dataWatcher)}setHealthy(healthy){healthy!==this.healthy&&(this.healthy=healthy,this.child.isHealthy()&&this.updateHealthListeners())}getRealSubchannel(){
return this.child.getRealSubchannel()}realSubchannelEquals(other){return this.getRealSubchannel()===other.getRealSubchannel()}getCallCredentials(){return this.child.
getCallCredentials()}getChannel(){return this.child.getChannel()}};exports.BaseSubchannelWrapper=BaseSubchannelWrapper}});var require_internal_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/internal-channel.js"(exports){"use strict";Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.InternalChannel=exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX=void 0;var channel_credentials_1=require_channel_credentials(),resolving_load_balancer_1=require_resolving_load_balancer(),
subchannel_pool_1=require_subchannel_pool(),picker_1=require_picker(),metadata_1=require_metadata(),constants_1=require_constants(),filter_stack_1=require_filter_stack(),
compression_filter_1=require_compression_filter(),resolver_1=require_resolver(),logging_1=require_logging(),http_proxy_1=require_http_proxy(),uri_parser_1=require_uri_parser(),
connectivity_state_1=require_connectivity_state(),channelz_1=require_channelz(),load_balancing_call_1=require_load_balancing_call(),deadline_1=require_deadline(),
resolving_call_1=require_resolving_call(),call_number_1=require_call_number(),control_plane_status_1=require_control_plane_status(),retrying_call_1=require_retrying_call(),
subchannel_interface_1=require_subchannel_interface(),MAX_TIMEOUT_TIME=2147483647,MIN_IDLE_TIMEOUT_MS=1e3,DEFAULT_IDLE_TIMEOUT_MS=1800*1e3,RETRY_THROTTLER_MAP=new Map,
DEFAULT_RETRY_BUFFER_SIZE_BYTES=1<<24,DEFAULT_PER_RPC_RETRY_BUFFER_SIZE_BYTES=1<<20,ChannelSubchannelWrapper=class extends subchannel_interface_1.BaseSubchannelWrapper{constructor(childSubchannel,channel){
super(childSubchannel),this.channel=channel,this.refCount=0,this.subchannelStateListener=(subchannel,previousState,newState,keepaliveTime)=>{channel.throttleKeepalive(
keepaliveTime)}}ref(){this.refCount===0&&(this.child.addConnectivityStateListener(this.subchannelStateListener),this.channel.addWrappedSubchannel(this)),this.child.
ref(),this.refCount+=1}unref(){this.child.unref(),this.refCount-=1,this.refCount<=0&&(this.child.removeConnectivityStateListener(this.subchannelStateListener),this.
channel.removeWrappedSubchannel(this))}},ShutdownPicker=class{pick(pickArgs){return{pickResultType:picker_1.PickResultType.DROP,status:{code:constants_1.Status.
UNAVAILABLE,details:"Channel closed before call started",metadata:new metadata_1.Metadata},subchannel:null,onCallStarted:null,onCallEnded:null}}};exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX=
"grpc.internal.no_subchannel";var ChannelzInfoTracker=class{constructor(target){this.target=target,this.trace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.
ChannelzCallTracker,this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.state=connectivity_state_1.ConnectivityState.IDLE}getChannelzInfoCallback(){
return()=>({target:this.target,state:this.state,trace:this.trace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists()})}},InternalChannel=class _InternalChannel{constructor(target,credentials2,options){
var _a,_b,_c,_d,_e,_f;if(this.credentials=credentials2,this.options=options,this.connectivityState=connectivity_state_1.ConnectivityState.IDLE,this.currentPicker=
new picker_1.UnavailablePicker,this.configSelectionQueue=[],this.pickQueue=new Set,this.connectivityStateWatchers=[],this.callRefTimer=null,this.configSelector=
null,this.currentResolutionError=null,this.wrappedSubchannels=new Set,this.callCount=0,this.idleTimer=null,this.channelzEnabled=!0,this.randomChannelId=Math.floor(
Math.random()*Number.MAX_SAFE_INTEGER),this.serviceUrlCache=new Map,typeof target!="string")throw new TypeError("Channel target must be a string");if(!(credentials2 instanceof
channel_credentials_1.ChannelCredentials))throw new TypeError("Channel credentials must be a ChannelCredentials object");if(options&&typeof options!="object")throw new TypeError(
"Channel options must be an object");this.channelzInfoTracker=new ChannelzInfoTracker(target);let originalTargetUri=(0,uri_parser_1.parseUri)(target);if(originalTargetUri===
null)throw new Error(`Could not parse target name "${target}"`);let defaultSchemeMapResult=(0,resolver_1.mapUriDefaultScheme)(originalTargetUri);if(defaultSchemeMapResult===
null)throw new Error(`Could not find a default scheme for target name "${target}"`);this.options["grpc.enable_channelz"]===0&&(this.channelzEnabled=!1),this.channelzRef=
(0,channelz_1.registerChannelzChannel)(target,this.channelzInfoTracker.getChannelzInfoCallback(),this.channelzEnabled),this.channelzEnabled&&this.channelzInfoTracker.
trace.addTrace("CT_INFO","Channel created"),this.options["grpc.default_authority"]?this.defaultAuthority=this.options["grpc.default_authority"]:this.defaultAuthority=
(0,resolver_1.getDefaultAuthority)(defaultSchemeMapResult);let proxyMapResult=(0,http_proxy_1.mapProxyName)(defaultSchemeMapResult,options);this.target=proxyMapResult.
target,this.options=Object.assign({},this.options,proxyMapResult.extraOptions),this.subchannelPool=(0,subchannel_pool_1.getSubchannelPool)(((_a=this.options["gr\
pc.use_local_subchannel_pool"])!==null&&_a!==void 0?_a:0)===0),this.retryBufferTracker=new retrying_call_1.MessageBufferTracker((_b=this.options["grpc.retry_buf\
fer_size"])!==null&&_b!==void 0?_b:DEFAULT_RETRY_BUFFER_SIZE_BYTES,(_c=this.options["grpc.per_rpc_retry_buffer_size"])!==null&&_c!==void 0?_c:DEFAULT_PER_RPC_RETRY_BUFFER_SIZE_BYTES),
this.keepaliveTime=(_d=this.options["grpc.keepalive_time_ms"])!==null&&_d!==void 0?_d:-1,this.idleTimeoutMs=Math.max((_e=this.options["grpc.client_idle_timeout_\
ms"])!==null&&_e!==void 0?_e:DEFAULT_IDLE_TIMEOUT_MS,MIN_IDLE_TIMEOUT_MS);let channelControlHelper={createSubchannel:(subchannelAddress,subchannelArgs)=>{let finalSubchannelArgs={};
for(let[key,value]of Object.entries(subchannelArgs))key.startsWith(exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX)||(finalSubchannelArgs[key]=value);let subchannel=this.
subchannelPool.getOrCreateSubchannel(this.target,subchannelAddress,finalSubchannelArgs,this.credentials);return subchannel.throttleKeepalive(this.keepaliveTime),
this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace("CT_INFO","Created subchannel or used existing subchannel",subchannel.getChannelzRef()),new ChannelSubchannelWrapper(
subchannel,this)},updateState:(connectivityState,picker)=>{this.currentPicker=picker;let queueCopy=this.pickQueue;this.pickQueue=new Set,queueCopy.size>0&&this.
callRefTimerUnref();for(let call of queueCopy)call.doPick();this.updateState(connectivityState)},requestReresolution:()=>{throw new Error("Resolving load balanc\
er should never call requestReresolution")},addChannelzChild:child=>{this.channelzEnabled&&this.channelzInfoTracker.childrenTracker.refChild(child)},removeChannelzChild:child=>{
this.channelzEnabled&&this.channelzInfoTracker.childrenTracker.unrefChild(child)}};if(this.resolvingLoadBalancer=new resolving_load_balancer_1.ResolvingLoadBalancer(
this.target,channelControlHelper,this.options,(serviceConfig,configSelector)=>{var _a2;serviceConfig.retryThrottling?RETRY_THROTTLER_MAP.set(this.getTarget(),new retrying_call_1.
RetryThrottler(serviceConfig.retryThrottling.maxTokens,serviceConfig.retryThrottling.tokenRatio,RETRY_THROTTLER_MAP.get(this.getTarget()))):RETRY_THROTTLER_MAP.
delete(this.getTarget()),this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace("CT_INFO","Address resolution succeeded"),(_a2=this.configSelector)===null||
_a2===void 0||_a2.unref(),this.configSelector=configSelector,this.currentResolutionError=null,process.nextTick(()=>{let localQueue=this.configSelectionQueue;this.
configSelectionQueue=[],localQueue.length>0&&this.callRefTimerUnref();for(let call of localQueue)call.getConfig()})},status=>{this.channelzEnabled&&this.channelzInfoTracker.
trace.addTrace("CT_WARNING","Address resolution failed with code "+status.code+' and details "'+status.details+'"'),this.configSelectionQueue.length>0&&this.trace(
"Name resolution failed with calls queued for config selection"),this.configSelector===null&&(this.currentResolutionError=Object.assign(Object.assign({},(0,control_plane_status_1.
restrictControlPlaneStatusCode)(status.code,status.details)),{metadata:status.metadata}));let localQueue=this.configSelectionQueue;this.configSelectionQueue=[],
localQueue.length>0&&this.callRefTimerUnref();for(let call of localQueue)call.reportResolverError(status)}),this.filterStackFactory=new filter_stack_1.FilterStackFactory(
[new compression_filter_1.CompressionFilterFactory(this,this.options)]),this.traceEnabled&&this.trace("Channel constructed with options "+JSON.stringify(options,
void 0,2)),(0,logging_1.isTracerEnabled)("channel_stacktrace")){let error=new Error;(0,logging_1.trace)(constants_1.LogVerbosity.DEBUG,"channel_stacktrace","("+
this.channelzRef.id+`) Channel constructed 
`+((_f=error.stack)===null||_f===void 0?void 0:_f.substring(error.stack.indexOf(`
`)+1)))}this.lastActivityTimestamp=Date.now()}get traceEnabled(){return(0,logging_1.isTracerEnabled)("channel")}trace(text,verbosityOverride){this.traceEnabled&&
(0,logging_1.trace)(verbosityOverride??constants_1.LogVerbosity.DEBUG,"channel","("+this.channelzRef.id+") "+(0,uri_parser_1.uriToString)(this.target)+" "+text)}callRefTimerRef(){
var _a,_b,_c,_d;this.callRefTimer||(this.callRefTimer=setInterval(()=>{},MAX_TIMEOUT_TIME)),!((_b=(_a=this.callRefTimer).hasRef)===null||_b===void 0)&&_b.call(_a)||
(this.traceEnabled&&this.trace("callRefTimer.ref | configSelectionQueue.length="+this.configSelectionQueue.length+" pickQueue.length="+this.pickQueue.size),(_d=
(_c=this.callRefTimer).ref)===null||_d===void 0||_d.call(_c))}callRefTimerUnref(){var _a,_b,_c;(!(!((_a=this.callRefTimer)===null||_a===void 0)&&_a.hasRef)||this.
callRefTimer.hasRef())&&(this.traceEnabled&&this.trace("callRefTimer.unref | configSelectionQueue.length="+this.configSelectionQueue.length+" pickQueue.length="+
this.pickQueue.size),(_c=(_b=this.callRefTimer)===null||_b===void 0?void 0:_b.unref)===null||_c===void 0||_c.call(_b))}removeConnectivityStateWatcher(watcherObject){
let watcherIndex=this.connectivityStateWatchers.findIndex(value=>value===watcherObject);watcherIndex>=0&&this.connectivityStateWatchers.splice(watcherIndex,1)}updateState(newState){
(0,logging_1.trace)(constants_1.LogVerbosity.DEBUG,"connectivity_state","("+this.channelzRef.id+") "+(0,uri_parser_1.uriToString)(this.target)+" "+connectivity_state_1.
ConnectivityState[this.connectivityState]+" -> "+connectivity_state_1.ConnectivityState[newState]),this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace(
"CT_INFO","Connectivity state change to "+connectivity_state_1.ConnectivityState[newState]),this.connectivityState=newState,this.channelzInfoTracker.state=newState;
let watchersCopy=this.connectivityStateWatchers.slice();for(let watcherObject of watchersCopy)newState!==watcherObject.currentState&&(watcherObject.timer&&clearTimeout(
watcherObject.timer),this.removeConnectivityStateWatcher(watcherObject),watcherObject.callback());newState!==connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&
(this.currentResolutionError=null)}throttleKeepalive(newKeepaliveTime){if(newKeepaliveTime>this.keepaliveTime){this.keepaliveTime=newKeepaliveTime;for(let wrappedSubchannel of this.
wrappedSubchannels)wrappedSubchannel.throttleKeepalive(newKeepaliveTime)}}addWrappedSubchannel(wrappedSubchannel){this.wrappedSubchannels.add(wrappedSubchannel)}removeWrappedSubchannel(wrappedSubchannel){
this.wrappedSubchannels.delete(wrappedSubchannel)}doPick(metadata,extraPickInfo){return this.currentPicker.pick({metadata,extraPickInfo})}queueCallForPick(call){
this.pickQueue.add(call),this.callRefTimerRef()}removeCallFromPickQueue(call){this.pickQueue.delete(call),this.pickQueue.size===0&&this.callRefTimerUnref()}getConfig(method,metadata){
return this.connectivityState!==connectivity_state_1.ConnectivityState.SHUTDOWN&&this.resolvingLoadBalancer.exitIdle(),this.configSelector?{type:"SUCCESS",config:this.
configSelector.invoke(method,metadata,this.randomChannelId)}:this.currentResolutionError?{type:"ERROR",error:this.currentResolutionError}:{type:"NONE"}}queueCallForConfig(call){
this.configSelectionQueue.push(call),this.callRefTimerRef()}enterIdle(){this.resolvingLoadBalancer.destroy(),this.updateState(connectivity_state_1.ConnectivityState.
IDLE),this.currentPicker=new picker_1.QueuePicker(this.resolvingLoadBalancer),this.idleTimer&&(clearTimeout(this.idleTimer),this.idleTimer=null),this.callRefTimer&&
(clearInterval(this.callRefTimer),this.callRefTimer=null)}startIdleTimeout(timeoutMs){var _a,_b;this.idleTimer=setTimeout(()=>{if(this.callCount>0){this.startIdleTimeout(
this.idleTimeoutMs);return}let timeSinceLastActivity=Date.now()-this.lastActivityTimestamp;timeSinceLastActivity>=this.idleTimeoutMs?(this.trace("Idle timer tri\
ggered after "+this.idleTimeoutMs+"ms of inactivity"),this.enterIdle()):this.startIdleTimeout(this.idleTimeoutMs-timeSinceLastActivity)},timeoutMs),(_b=(_a=this.
idleTimer).unref)===null||_b===void 0||_b.call(_a)}maybeStartIdleTimer(){this.connectivityState!==connectivity_state_1.ConnectivityState.SHUTDOWN&&!this.idleTimer&&
this.startIdleTimeout(this.idleTimeoutMs)}onCallStart(){this.channelzEnabled&&this.channelzInfoTracker.callTracker.addCallStarted(),this.callCount+=1}onCallEnd(status){
this.channelzEnabled&&(status.code===constants_1.Status.OK?this.channelzInfoTracker.callTracker.addCallSucceeded():this.channelzInfoTracker.callTracker.addCallFailed()),
this.callCount-=1,this.lastActivityTimestamp=Date.now(),this.maybeStartIdleTimer()}getServiceUrl(host,methodName){let methodMap=this.serviceUrlCache.get(host);if(methodMap===
void 0&&this.serviceUrlCache.size<_InternalChannel.MAX_CACHED_HOSTS&&(methodMap=new Map,this.serviceUrlCache.set(host,methodMap)),methodMap!==void 0){let serviceUrl=methodMap.
get(methodName);if(serviceUrl!==void 0)return serviceUrl;let computedServiceUrl=(0,uri_parser_1.computeServiceUrl)(host,methodName);return methodMap.size<_InternalChannel.
MAX_METHODS_PER_HOST&&methodMap.set(methodName,computedServiceUrl),computedServiceUrl}return(0,uri_parser_1.computeServiceUrl)(host,methodName)}createLoadBalancingCall(callConfig,method,host,credentials2,deadline,callNumber){
let finalCallNumber=callNumber??(0,call_number_1.getNextCallNumber)();return this.traceEnabled&&this.trace("createLoadBalancingCall ["+finalCallNumber+'] method\
="'+method+'"'),new load_balancing_call_1.LoadBalancingCall(this,callConfig,method,host,credentials2,deadline,finalCallNumber)}createRetryingCall(callConfig,method,host,credentials2,deadline,callNumber){
let finalCallNumber=callNumber??(0,call_number_1.getNextCallNumber)();return this.traceEnabled&&this.trace("createRetryingCall ["+finalCallNumber+'] method="'+method+
'"'),new retrying_call_1.RetryingCall(this,callConfig,method,host,credentials2,deadline,finalCallNumber,this.retryBufferTracker,RETRY_THROTTLER_MAP.get(this.getTarget()))}createResolvingCall(method,deadline,host,parentCall,propagateFlags){
let callNumber=(0,call_number_1.getNextCallNumber)();this.traceEnabled&&this.trace("createResolvingCall ["+callNumber+'] method="'+method+'", deadline='+(0,deadline_1.
deadlineToString)(deadline));let finalOptions={deadline,flags:propagateFlags??constants_1.Propagate.DEFAULTS,host:host??this.defaultAuthority,parentCall},call=new resolving_call_1.
ResolvingCall(this,method,finalOptions,this.filterStackFactory.clone(),callNumber);return this.onCallStart(),call.addStatusWatcher(status=>{this.onCallEnd(status)}),
call}close(){var _a;this.resolvingLoadBalancer.destroy(),this.updateState(connectivity_state_1.ConnectivityState.SHUTDOWN),this.currentPicker=new ShutdownPicker;
for(let call of this.configSelectionQueue)call.cancelWithStatus(constants_1.Status.UNAVAILABLE,"Channel closed before call started");this.configSelectionQueue=[];
for(let call of this.pickQueue)call.cancelWithStatus(constants_1.Status.UNAVAILABLE,"Channel closed before call started");this.pickQueue.clear(),this.callRefTimer&&
clearInterval(this.callRefTimer),this.idleTimer&&clearTimeout(this.idleTimer),this.channelzEnabled&&(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.
subchannelPool.unrefUnusedSubchannels(),(_a=this.configSelector)===null||_a===void 0||_a.unref(),this.configSelector=null,this.serviceUrlCache.clear()}getTarget(){
return(0,uri_parser_1.uriToString)(this.target)}getConnectivityState(tryToConnect){let connectivityState=this.connectivityState;return tryToConnect&&(this.resolvingLoadBalancer.
exitIdle(),this.lastActivityTimestamp=Date.now(),this.maybeStartIdleTimer()),connectivityState}watchConnectivityState(currentState,deadline,callback){if(this.connectivityState===
connectivity_state_1.ConnectivityState.SHUTDOWN)throw new Error("Channel has been shut down");let timer=null;if(deadline!==1/0){let deadlineDate=deadline instanceof
Date?deadline:new Date(deadline),now=new Date;if(deadline===-1/0||deadlineDate<=now){process.nextTick(callback,new Error("Deadline passed without connectivity s\
tate change"));return}timer=setTimeout(()=>{this.removeConnectivityStateWatcher(watcherObject),callback(new Error("Deadline passed without connectivity state ch\
ange"))},deadlineDate.getTime()-now.getTime())}let watcherObject={currentState,callback,timer};this.connectivityStateWatchers.push(watcherObject)}getChannelzRef(){
return this.channelzRef}createCall(method,deadline,host,parentCall,propagateFlags){if(typeof method!="string")throw new TypeError("Channel#createCall: method mu\
st be a string");if(!(typeof deadline=="number"||deadline instanceof Date))throw new TypeError("Channel#createCall: deadline must be a number or Date");if(this.
connectivityState===connectivity_state_1.ConnectivityState.SHUTDOWN)throw new Error("Channel has been shut down");return this.createResolvingCall(method,deadline,
host,parentCall,propagateFlags)}getOptions(){return this.options}};exports.InternalChannel=InternalChannel;InternalChannel.MAX_CACHED_HOSTS=5;InternalChannel.MAX_METHODS_PER_HOST=
100}});var require_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
ChannelImplementation=void 0;var channel_credentials_1=require_channel_credentials(),internal_channel_1=require_internal_channel(),ChannelImplementation=class{constructor(target,credentials2,options){
if(typeof target!="string")throw new TypeError("Channel target must be a string");if(!(credentials2 instanceof channel_credentials_1.ChannelCredentials))throw new TypeError(
"Channel credentials must be a ChannelCredentials object");if(options&&typeof options!="object")throw new TypeError("Channel options must be an object");this.internalChannel=
new internal_channel_1.InternalChannel(target,credentials2,options)}close(){this.internalChannel.close()}getTarget(){return this.internalChannel.getTarget()}getConnectivityState(tryToConnect){
return this.internalChannel.getConnectivityState(tryToConnect)}watchConnectivityState(currentState,deadline,callback){this.internalChannel.watchConnectivityState(
currentState,deadline,callback)}getChannelzRef(){return this.internalChannel.getChannelzRef()}createCall(method,deadline,host,parentCall,propagateFlags){if(typeof method!=
"string")throw new TypeError("Channel#createCall: method must be a string");if(!(typeof deadline=="number"||deadline instanceof Date))throw new TypeError("Chann\
el#createCall: deadline must be a number or Date");return this.internalChannel.createCall(method,deadline,host,parentCall,propagateFlags)}};exports.ChannelImplementation=
ChannelImplementation}});var require_load_balancer_pick_first=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer-pick-first.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.LeafLoadBalancer=exports.PickFirstLoadBalancer=exports.PickFirstLoadBalancingConfig=void 0;exports.shuffled=shuffled;exports.
setup=setup;var load_balancer_1=require_load_balancer(),connectivity_state_1=require_connectivity_state(),picker_1=require_picker(),subchannel_address_1=require_subchannel_address(),
logging=require_logging(),constants_1=require_constants(),subchannel_address_2=require_subchannel_address(),net_1=__require("net"),call_interface_1=require_call_interface(),
TRACER_NAME="pick_first";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}var TYPE_NAME="pick_first",CONNECTION_DELAY_INTERVAL_MS=250,
PickFirstLoadBalancingConfig=class _PickFirstLoadBalancingConfig{constructor(shuffleAddressList){this.shuffleAddressList=shuffleAddressList}getLoadBalancerName(){
return TYPE_NAME}toJsonObject(){return{[TYPE_NAME]:{shuffleAddressList:this.shuffleAddressList}}}getShuffleAddressList(){return this.shuffleAddressList}static createFromJson(obj){
if("shuffleAddressList"in obj&&typeof obj.shuffleAddressList!="boolean")throw new Error("pick_first config field shuffleAddressList must be a boolean if provide\
d");return new _PickFirstLoadBalancingConfig(obj.shuffleAddressList===!0)}};exports.PickFirstLoadBalancingConfig=PickFirstLoadBalancingConfig;var PickFirstPicker=class{constructor(subchannel){
this.subchannel=subchannel}pick(pickArgs){return{pickResultType:picker_1.PickResultType.COMPLETE,subchannel:this.subchannel,status:null,onCallStarted:null,onCallEnded:null}}};
function shuffled(list){let result=list.slice();for(let i=result.length-1;i>1;i--){let j=Math.floor(Math.random()*(i+1)),temp=result[i];result[i]=result[j],result[j]=
temp}return result}function interleaveAddressFamilies(addressList){if(addressList.length===0)return[];let result=[],ipv6Addresses=[],ipv4Addresses=[],ipv6First=(0,subchannel_address_2.
isTcpSubchannelAddress)(addressList[0])&&(0,net_1.isIPv6)(addressList[0].host);for(let address of addressList)(0,subchannel_address_2.isTcpSubchannelAddress)(address)&&
(0,net_1.isIPv6)(address.host)?ipv6Addresses.push(address):ipv4Addresses.push(address);let firstList=ipv6First?ipv6Addresses:ipv4Addresses,secondList=ipv6First?
ipv4Addresses:ipv6Addresses;for(let i=0;i<Math.max(firstList.length,secondList.length);i++)i<firstList.length&&result.push(firstList[i]),i<secondList.length&&result.
push(secondList[i]);return result}var REPORT_HEALTH_STATUS_OPTION_NAME="grpc-node.internal.pick-first.report_health_status",PickFirstLoadBalancer=class{constructor(channelControlHelper){
this.channelControlHelper=channelControlHelper,this.children=[],this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.currentSubchannelIndex=0,this.
currentPick=null,this.subchannelStateListener=(subchannel,previousState,newState,keepaliveTime,errorMessage)=>{this.onSubchannelStateUpdate(subchannel,previousState,
newState,errorMessage)},this.pickedSubchannelHealthListener=()=>this.calculateAndReportNewState(),this.stickyTransientFailureMode=!1,this.reportHealthStatus=!1,
this.lastError=null,this.latestAddressList=null,this.latestOptions={},this.latestResolutionNote="",this.connectionDelayTimeout=setTimeout(()=>{},0),clearTimeout(
this.connectionDelayTimeout)}allChildrenHaveReportedTF(){return this.children.every(child=>child.hasReportedTransientFailure)}resetChildrenReportedTF(){this.children.
every(child=>child.hasReportedTransientFailure=!1)}calculateAndReportNewState(){var _a;if(this.currentPick)if(this.reportHealthStatus&&!this.currentPick.isHealthy()){
let errorMessage=`Picked subchannel ${this.currentPick.getAddress()} is unhealthy`;this.updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.
UnavailablePicker({details:errorMessage}),errorMessage)}else this.updateState(connectivity_state_1.ConnectivityState.READY,new PickFirstPicker(this.currentPick),
null);else if(((_a=this.latestAddressList)===null||_a===void 0?void 0:_a.length)===0){let errorMessage=`No connection established. Last error: ${this.lastError}\
. Resolution note: ${this.latestResolutionNote}`;this.updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker({details:errorMessage}),
errorMessage)}else if(this.children.length===0)this.updateState(connectivity_state_1.ConnectivityState.IDLE,new picker_1.QueuePicker(this),null);else if(this.stickyTransientFailureMode){
let errorMessage=`No connection established. Last error: ${this.lastError}. Resolution note: ${this.latestResolutionNote}`;this.updateState(connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker({details:errorMessage}),errorMessage)}else this.updateState(connectivity_state_1.ConnectivityState.
CONNECTING,new picker_1.QueuePicker(this),null)}requestReresolution(){this.channelControlHelper.requestReresolution()}maybeEnterStickyTransientFailureMode(){if(this.
allChildrenHaveReportedTF()){if(this.requestReresolution(),this.resetChildrenReportedTF(),this.stickyTransientFailureMode){this.calculateAndReportNewState();return}
this.stickyTransientFailureMode=!0;for(let{subchannel}of this.children)subchannel.startConnecting();this.calculateAndReportNewState()}}removeCurrentPick(){this.
currentPick!==null&&(this.currentPick.removeConnectivityStateListener(this.subchannelStateListener),this.channelControlHelper.removeChannelzChild(this.currentPick.
getChannelzRef()),this.currentPick.removeHealthStateWatcher(this.pickedSubchannelHealthListener),this.currentPick.unref(),this.currentPick=null)}onSubchannelStateUpdate(subchannel,previousState,newState,errorMessage){
var _a;if(!((_a=this.currentPick)===null||_a===void 0)&&_a.realSubchannelEquals(subchannel)){newState!==connectivity_state_1.ConnectivityState.READY&&(this.removeCurrentPick(),
this.calculateAndReportNewState());return}for(let[index,child]of this.children.entries())if(subchannel.realSubchannelEquals(child.subchannel)){newState===connectivity_state_1.
ConnectivityState.READY&&this.pickSubchannel(child.subchannel),newState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&(child.hasReportedTransientFailure=
!0,errorMessage&&(this.lastError=errorMessage),this.maybeEnterStickyTransientFailureMode(),index===this.currentSubchannelIndex&&this.startNextSubchannelConnecting(
index+1)),child.subchannel.startConnecting();return}}startNextSubchannelConnecting(startIndex){clearTimeout(this.connectionDelayTimeout);for(let[index,child]of this.
children.entries())if(index>=startIndex){let subchannelState=child.subchannel.getConnectivityState();if(subchannelState===connectivity_state_1.ConnectivityState.
IDLE||subchannelState===connectivity_state_1.ConnectivityState.CONNECTING){this.startConnecting(index);return}}this.maybeEnterStickyTransientFailureMode()}startConnecting(subchannelIndex){
var _a,_b;clearTimeout(this.connectionDelayTimeout),this.currentSubchannelIndex=subchannelIndex,this.children[subchannelIndex].subchannel.getConnectivityState()===
connectivity_state_1.ConnectivityState.IDLE&&(trace("Start connecting to subchannel with address "+this.children[subchannelIndex].subchannel.getAddress()),process.
nextTick(()=>{var _a2;(_a2=this.children[subchannelIndex])===null||_a2===void 0||_a2.subchannel.startConnecting()})),this.connectionDelayTimeout=setTimeout(()=>{
this.startNextSubchannelConnecting(subchannelIndex+1)},CONNECTION_DELAY_INTERVAL_MS),(_b=(_a=this.connectionDelayTimeout).unref)===null||_b===void 0||_b.call(_a)}pickSubchannel(subchannel){
trace("Pick subchannel with address "+subchannel.getAddress()),this.stickyTransientFailureMode=!1,subchannel.ref(),this.channelControlHelper.addChannelzChild(subchannel.
getChannelzRef()),this.removeCurrentPick(),this.resetSubchannelList(),subchannel.addConnectivityStateListener(this.subchannelStateListener),subchannel.addHealthStateWatcher(
this.pickedSubchannelHealthListener),this.currentPick=subchannel,clearTimeout(this.connectionDelayTimeout),this.calculateAndReportNewState()}updateState(newState,picker,errorMessage){
trace(connectivity_state_1.ConnectivityState[this.currentState]+" -> "+connectivity_state_1.ConnectivityState[newState]),this.currentState=newState,this.channelControlHelper.
updateState(newState,picker,errorMessage)}resetSubchannelList(){for(let child of this.children)child.subchannel.removeConnectivityStateListener(this.subchannelStateListener),
child.subchannel.unref(),this.channelControlHelper.removeChannelzChild(child.subchannel.getChannelzRef());this.currentSubchannelIndex=0,this.children=[]}connectToAddressList(addressList,options){
trace("connectToAddressList(["+addressList.map(address=>(0,subchannel_address_1.subchannelAddressToString)(address))+"])");let newChildrenList=addressList.map(address=>({
subchannel:this.channelControlHelper.createSubchannel(address,options),hasReportedTransientFailure:!1}));for(let{subchannel}of newChildrenList)if(subchannel.getConnectivityState()===
connectivity_state_1.ConnectivityState.READY){this.pickSubchannel(subchannel);return}for(let{subchannel}of newChildrenList)subchannel.ref(),this.channelControlHelper.
addChannelzChild(subchannel.getChannelzRef());this.resetSubchannelList(),this.children=newChildrenList;for(let{subchannel}of this.children)subchannel.addConnectivityStateListener(
this.subchannelStateListener);for(let child of this.children)child.subchannel.getConnectivityState()===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&
(child.hasReportedTransientFailure=!0);this.startNextSubchannelConnecting(0),this.calculateAndReportNewState()}updateAddressList(maybeEndpointList,lbConfig,options,resolutionNote){
if(!(lbConfig instanceof PickFirstLoadBalancingConfig))return!1;if(!maybeEndpointList.ok)return this.children.length===0&&this.currentPick===null&&this.channelControlHelper.
updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker(maybeEndpointList.error),maybeEndpointList.error.details),!0;
let endpointList=maybeEndpointList.value;this.reportHealthStatus=options[REPORT_HEALTH_STATUS_OPTION_NAME],lbConfig.getShuffleAddressList()&&(endpointList=shuffled(
endpointList));let rawAddressList=[].concat(...endpointList.map(endpoint=>endpoint.addresses));trace("updateAddressList(["+rawAddressList.map(address=>(0,subchannel_address_1.
subchannelAddressToString)(address))+"])");let addressList=interleaveAddressFamilies(rawAddressList);return this.latestAddressList=addressList,this.latestOptions=
options,this.connectToAddressList(addressList,options),this.latestResolutionNote=resolutionNote,rawAddressList.length>0?!0:(this.lastError="No addresses resolve\
d",!1)}exitIdle(){this.currentState===connectivity_state_1.ConnectivityState.IDLE&&this.latestAddressList&&this.connectToAddressList(this.latestAddressList,this.
latestOptions)}resetBackoff(){}destroy(){this.resetSubchannelList(),this.removeCurrentPick()}getTypeName(){return TYPE_NAME}};exports.PickFirstLoadBalancer=PickFirstLoadBalancer;
var LEAF_CONFIG=new PickFirstLoadBalancingConfig(!1),LeafLoadBalancer=class{constructor(endpoint,channelControlHelper,options,resolutionNote){this.endpoint=endpoint,
this.options=options,this.resolutionNote=resolutionNote,this.latestState=connectivity_state_1.ConnectivityState.IDLE;let childChannelControlHelper=(0,load_balancer_1.
createChildChannelControlHelper)(channelControlHelper,{updateState:(connectivityState,picker,errorMessage)=>{this.latestState=connectivityState,this.latestPicker=
picker,channelControlHelper.updateState(connectivityState,picker,errorMessage)}});this.pickFirstBalancer=new PickFirstLoadBalancer(childChannelControlHelper),this.
latestPicker=new picker_1.QueuePicker(this.pickFirstBalancer)}startConnecting(){this.pickFirstBalancer.updateAddressList((0,call_interface_1.statusOrFromValue)(
[this.endpoint]),LEAF_CONFIG,Object.assign(Object.assign({},this.options),{[REPORT_HEALTH_STATUS_OPTION_NAME]:!0}),this.resolutionNote)}updateEndpoint(newEndpoint,newOptions){
this.options=newOptions,this.endpoint=newEndpoint,this.latestState!==connectivity_state_1.ConnectivityState.IDLE&&this.startConnecting()}getConnectivityState(){
return this.latestState}getPicker(){return this.latestPicker}getEndpoint(){return this.endpoint}exitIdle(){this.pickFirstBalancer.exitIdle()}destroy(){this.pickFirstBalancer.
destroy()}};exports.LeafLoadBalancer=LeafLoadBalancer;function setup(){(0,load_balancer_1.registerLoadBalancerType)(TYPE_NAME,PickFirstLoadBalancer,PickFirstLoadBalancingConfig),
(0,load_balancer_1.registerDefaultLoadBalancerType)(TYPE_NAME)}}});var require_resolver_uds=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver-uds.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.setup=setup;var resolver_1=require_resolver(),call_interface_1=require_call_interface(),UdsResolver=class{constructor(target,listener,channelOptions){this.
listener=listener,this.hasReturnedResult=!1,this.endpoints=[];let path;target.authority===""?path="/"+target.path:path=target.path,this.endpoints=[{addresses:[{
path}]}]}updateResolution(){this.hasReturnedResult||(this.hasReturnedResult=!0,process.nextTick(this.listener,(0,call_interface_1.statusOrFromValue)(this.endpoints),
{},null,""))}destroy(){this.hasReturnedResult=!1}static getDefaultAuthority(target){return"localhost"}};function setup(){(0,resolver_1.registerResolver)("unix",
UdsResolver)}}});var require_server_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.ServerDuplexStreamImpl=exports.ServerWritableStreamImpl=exports.ServerReadableStreamImpl=exports.ServerUnaryCallImpl=void 0;exports.serverErrorToStatus=
serverErrorToStatus;var events_1=__require("events"),stream_1=__require("stream"),constants_1=require_constants(),metadata_1=require_metadata();function serverErrorToStatus(error,overrideTrailers){
var _a;let status={code:constants_1.Status.UNKNOWN,details:"message"in error?error.message:"Unknown Error",metadata:(_a=overrideTrailers??error.metadata)!==null&&
_a!==void 0?_a:null};return"code"in error&&typeof error.code=="number"&&Number.isInteger(error.code)&&(status.code=error.code,"details"in error&&typeof error.details==
"string"&&(status.details=error.details)),status}var ServerUnaryCallImpl=class extends events_1.EventEmitter{constructor(path,call,metadata,request){super(),this.
path=path,this.call=call,this.metadata=metadata,this.request=request,this.cancelled=!1}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){this.
call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){
return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}};exports.ServerUnaryCallImpl=ServerUnaryCallImpl;var ServerReadableStreamImpl=class extends stream_1.
Readable{constructor(path,call,metadata){super({objectMode:!0}),this.path=path,this.call=call,this.metadata=metadata,this.cancelled=!1}_read(size){this.call.startRead()}getPeer(){
return this.call.getPeer()}sendMetadata(responseMetadata){this.call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.
path}getHost(){return this.call.getHost()}getAuthContext(){return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}};exports.
ServerReadableStreamImpl=ServerReadableStreamImpl;var ServerWritableStreamImpl=class extends stream_1.Writable{constructor(path,call,metadata,request){super({objectMode:!0}),
this.path=path,this.call=call,this.metadata=metadata,this.request=request,this.pendingStatus={code:constants_1.Status.OK,details:"OK"},this.cancelled=!1,this.trailingMetadata=
new metadata_1.Metadata,this.on("error",err=>{this.pendingStatus=serverErrorToStatus(err),this.end()})}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){
this.call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){
return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}_write(chunk,encoding,callback){this.call.sendMessage(chunk,callback)}_final(callback){
var _a;callback(null),this.call.sendStatus(Object.assign(Object.assign({},this.pendingStatus),{metadata:(_a=this.pendingStatus.metadata)!==null&&_a!==void 0?_a:
this.trailingMetadata}))}end(metadata){return metadata&&(this.trailingMetadata=metadata),super.end()}};exports.ServerWritableStreamImpl=ServerWritableStreamImpl;
var ServerDuplexStreamImpl=class extends stream_1.Duplex{constructor(path,call,metadata){super({objectMode:!0}),this.path=path,this.call=call,this.metadata=metadata,
this.pendingStatus={code:constants_1.Status.OK,details:"OK"},this.cancelled=!1,this.trailingMetadata=new metadata_1.Metadata,this.on("error",err=>{this.pendingStatus=
serverErrorToStatus(err),this.end()})}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){this.call.sendMetadata(responseMetadata)}getDeadline(){
return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){return this.call.getAuthContext()}getMetricsRecorder(){
return this.call.getMetricsRecorder()}_read(size){this.call.startRead()}_write(chunk,encoding,callback){this.call.sendMessage(chunk,callback)}_final(callback){var _a;
callback(null),this.call.sendStatus(Object.assign(Object.assign({},this.pendingStatus),{metadata:(_a=this.pendingStatus.metadata)!==null&&_a!==void 0?_a:this.trailingMetadata}))}end(metadata){
return metadata&&(this.trailingMetadata=metadata),super.end()}};exports.ServerDuplexStreamImpl=ServerDuplexStreamImpl}});var require_server_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-credentials.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.ServerCredentials=void 0;exports.createCertificateProviderServerCredentials=createCertificateProviderServerCredentials;exports.createServerCredentialsWithInterceptors=
createServerCredentialsWithInterceptors;var tls_helpers_1=require_tls_helpers(),ServerCredentials2=class{constructor(serverConstructorOptions,contextOptions){this.
serverConstructorOptions=serverConstructorOptions,this.watchers=new Set,this.latestContextOptions=null,this.latestContextOptions=contextOptions??null}_addWatcher(watcher){
this.watchers.add(watcher)}_removeWatcher(watcher){this.watchers.delete(watcher)}getWatcherCount(){return this.watchers.size}updateSecureContextOptions(options){
this.latestContextOptions=options;for(let watcher of this.watchers)watcher(this.latestContextOptions)}_isSecure(){return this.serverConstructorOptions!==null}_getSecureContextOptions(){
return this.latestContextOptions}_getConstructorOptions(){return this.serverConstructorOptions}_getInterceptors(){return[]}static createInsecure(){return new InsecureServerCredentials}static createSsl(rootCerts,keyCertPairs,checkClientCertificate=!1){
var _a;if(rootCerts!==null&&!Buffer.isBuffer(rootCerts))throw new TypeError("rootCerts must be null or a Buffer");if(!Array.isArray(keyCertPairs))throw new TypeError(
"keyCertPairs must be an array");if(typeof checkClientCertificate!="boolean")throw new TypeError("checkClientCertificate must be a boolean");let cert=[],key=[];
for(let i=0;i<keyCertPairs.length;i++){let pair=keyCertPairs[i];if(pair===null||typeof pair!="object")throw new TypeError(`keyCertPair[${i}] must be an object`);
if(!Buffer.isBuffer(pair.private_key))throw new TypeError(`keyCertPair[${i}].private_key must be a Buffer`);if(!Buffer.isBuffer(pair.cert_chain))throw new TypeError(
`keyCertPair[${i}].cert_chain must be a Buffer`);cert.push(pair.cert_chain),key.push(pair.private_key)}return new SecureServerCredentials({requestCert:checkClientCertificate,
ciphers:tls_helpers_1.CIPHER_SUITES},{ca:(_a=rootCerts??(0,tls_helpers_1.getDefaultRootsData)())!==null&&_a!==void 0?_a:void 0,cert,key})}};exports.ServerCredentials=
ServerCredentials2;var InsecureServerCredentials=class _InsecureServerCredentials extends ServerCredentials2{constructor(){super(null)}_getSettings(){return null}_equals(other){
return other instanceof _InsecureServerCredentials}},SecureServerCredentials=class _SecureServerCredentials extends ServerCredentials2{constructor(constructorOptions,contextOptions){
super(constructorOptions,contextOptions),this.options=Object.assign(Object.assign({},constructorOptions),contextOptions)}_equals(other){if(this===other)return!0;
if(!(other instanceof _SecureServerCredentials))return!1;if(Buffer.isBuffer(this.options.ca)&&Buffer.isBuffer(other.options.ca)){if(!this.options.ca.equals(other.
options.ca))return!1}else if(this.options.ca!==other.options.ca)return!1;if(Array.isArray(this.options.cert)&&Array.isArray(other.options.cert)){if(this.options.
cert.length!==other.options.cert.length)return!1;for(let i=0;i<this.options.cert.length;i++){let thisCert=this.options.cert[i],otherCert=other.options.cert[i];if(Buffer.
isBuffer(thisCert)&&Buffer.isBuffer(otherCert)){if(!thisCert.equals(otherCert))return!1}else if(thisCert!==otherCert)return!1}}else if(this.options.cert!==other.
options.cert)return!1;if(Array.isArray(this.options.key)&&Array.isArray(other.options.key)){if(this.options.key.length!==other.options.key.length)return!1;for(let i=0;i<
this.options.key.length;i++){let thisKey=this.options.key[i],otherKey=other.options.key[i];if(Buffer.isBuffer(thisKey)&&Buffer.isBuffer(otherKey)){if(!thisKey.equals(
otherKey))return!1}else if(thisKey!==otherKey)return!1}}else if(this.options.key!==other.options.key)return!1;return this.options.requestCert===other.options.requestCert}},
CertificateProviderServerCredentials=class _CertificateProviderServerCredentials extends ServerCredentials2{constructor(identityCertificateProvider,caCertificateProvider,requireClientCertificate){
super({requestCert:caCertificateProvider!==null,rejectUnauthorized:requireClientCertificate,ciphers:tls_helpers_1.CIPHER_SUITES}),this.identityCertificateProvider=
identityCertificateProvider,this.caCertificateProvider=caCertificateProvider,this.requireClientCertificate=requireClientCertificate,this.latestCaUpdate=null,this.
latestIdentityUpdate=null,this.caCertificateUpdateListener=this.handleCaCertificateUpdate.bind(this),this.identityCertificateUpdateListener=this.handleIdentityCertitificateUpdate.
bind(this)}_addWatcher(watcher){var _a;this.getWatcherCount()===0&&((_a=this.caCertificateProvider)===null||_a===void 0||_a.addCaCertificateListener(this.caCertificateUpdateListener),
this.identityCertificateProvider.addIdentityCertificateListener(this.identityCertificateUpdateListener)),super._addWatcher(watcher)}_removeWatcher(watcher){var _a;
super._removeWatcher(watcher),this.getWatcherCount()===0&&((_a=this.caCertificateProvider)===null||_a===void 0||_a.removeCaCertificateListener(this.caCertificateUpdateListener),
this.identityCertificateProvider.removeIdentityCertificateListener(this.identityCertificateUpdateListener))}_equals(other){return this===other?!0:other instanceof
_CertificateProviderServerCredentials?this.caCertificateProvider===other.caCertificateProvider&&this.identityCertificateProvider===other.identityCertificateProvider&&
this.requireClientCertificate===other.requireClientCertificate:!1}calculateSecureContextOptions(){var _a;return this.latestIdentityUpdate===null||this.caCertificateProvider!==
null&&this.latestCaUpdate===null?null:{ca:(_a=this.latestCaUpdate)===null||_a===void 0?void 0:_a.caCertificate,cert:[this.latestIdentityUpdate.certificate],key:[
this.latestIdentityUpdate.privateKey]}}finalizeUpdate(){let secureContextOptions=this.calculateSecureContextOptions();this.updateSecureContextOptions(secureContextOptions)}handleCaCertificateUpdate(update){
this.latestCaUpdate=update,this.finalizeUpdate()}handleIdentityCertitificateUpdate(update){this.latestIdentityUpdate=update,this.finalizeUpdate()}};function createCertificateProviderServerCredentials(caCertificateProvider,identityCertificateProvider,requireClientCertificate){
return new CertificateProviderServerCredentials(caCertificateProvider,identityCertificateProvider,requireClientCertificate)}var InterceptorServerCredentials=class _InterceptorServerCredentials extends ServerCredentials2{constructor(childCredentials,interceptors){
super({}),this.childCredentials=childCredentials,this.interceptors=interceptors}_isSecure(){return this.childCredentials._isSecure()}_equals(other){if(!(other instanceof
_InterceptorServerCredentials)||!this.childCredentials._equals(other.childCredentials)||this.interceptors.length!==other.interceptors.length)return!1;for(let i=0;i<
this.interceptors.length;i++)if(this.interceptors[i]!==other.interceptors[i])return!1;return!0}_getInterceptors(){return this.interceptors}_addWatcher(watcher){
this.childCredentials._addWatcher(watcher)}_removeWatcher(watcher){this.childCredentials._removeWatcher(watcher)}_getConstructorOptions(){return this.childCredentials.
_getConstructorOptions()}_getSecureContextOptions(){return this.childCredentials._getSecureContextOptions()}};function createServerCredentialsWithInterceptors(credentials2,interceptors){
return new InterceptorServerCredentials(credentials2,interceptors)}}});var require_duration=__commonJS({"node_modules/@grpc/grpc-js/build/src/duration.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.durationMessageToDuration=durationMessageToDuration;exports.msToDuration=msToDuration;exports.durationToMs=durationToMs;exports.isDuration=isDuration;exports.
isDurationMessage=isDurationMessage;exports.parseDuration=parseDuration;exports.durationToString=durationToString;function durationMessageToDuration(message){return{
seconds:Number.parseInt(message.seconds),nanos:message.nanos}}function msToDuration(millis){return{seconds:millis/1e3|0,nanos:millis%1e3*1e6|0}}function durationToMs(duration){
return duration.seconds*1e3+duration.nanos/1e6|0}function isDuration(value){return typeof value.seconds=="number"&&typeof value.nanos=="number"}function isDurationMessage(value){
return typeof value.seconds=="string"&&typeof value.nanos=="number"}var durationRegex=/^(\d+)(?:\.(\d+))?s$/;function parseDuration(value){let match=value.match(
durationRegex);return match?{seconds:Number.parseInt(match[1],10),nanos:match[2]?Number.parseInt(match[2].padEnd(9,"0"),10):0}:null}function durationToString(duration){
if(duration.nanos===0)return`${duration.seconds}s`;let scaleFactor;return duration.nanos%1e6===0?scaleFactor=1e6:duration.nanos%1e3===0?scaleFactor=1e3:scaleFactor=
1,`${duration.seconds}.${duration.nanos/scaleFactor}s`}}});var require_orca=__commonJS({"node_modules/@grpc/grpc-js/build/src/orca.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
OrcaOobMetricsSubchannelWrapper=exports.GRPC_METRICS_HEADER=exports.ServerMetricRecorder=exports.PerRequestMetricRecorder=void 0;exports.createOrcaClient=createOrcaClient;
exports.createMetricsReader=createMetricsReader;var make_client_1=require_make_client(),duration_1=require_duration(),channel_credentials_1=require_channel_credentials(),
subchannel_interface_1=require_subchannel_interface(),constants_1=require_constants(),backoff_timeout_1=require_backoff_timeout(),connectivity_state_1=require_connectivity_state(),
loadedOrcaProto=null;function loadOrcaProto(){if(loadedOrcaProto)return loadedOrcaProto;let loaderLoadSync=require_proto_loader().loadSync,loadedProto=loaderLoadSync(
"xds/service/orca/v3/orca.proto",{keepCase:!0,longs:String,enums:String,defaults:!0,oneofs:!0,includeDirs:[`${import.meta.dirname}/../../proto/xds`,`${import.meta.
dirname}/../../proto/protoc-gen-validate`]});return(0,make_client_1.loadPackageDefinition)(loadedProto)}var PerRequestMetricRecorder=class{constructor(){this.message=
{}}recordRequestCostMetric(name,value){this.message.request_cost||(this.message.request_cost={}),this.message.request_cost[name]=value}recordUtilizationMetric(name,value){
this.message.utilization||(this.message.utilization={}),this.message.utilization[name]=value}recordNamedMetric(name,value){this.message.named_metrics||(this.message.
named_metrics={}),this.message.named_metrics[name]=value}recordCPUUtilizationMetric(value){this.message.cpu_utilization=value}recordMemoryUtilizationMetric(value){
this.message.mem_utilization=value}recordApplicationUtilizationMetric(value){this.message.application_utilization=value}recordQpsMetric(value){this.message.rps_fractional=
value}recordEpsMetric(value){this.message.eps=value}serialize(){return loadOrcaProto().xds.data.orca.v3.OrcaLoadReport.serialize(this.message)}};exports.PerRequestMetricRecorder=
PerRequestMetricRecorder;var DEFAULT_REPORT_INTERVAL_MS=3e4,ServerMetricRecorder=class{constructor(){this.message={},this.serviceImplementation={StreamCoreMetrics:call=>{
let reportInterval=call.request.report_interval?(0,duration_1.durationToMs)((0,duration_1.durationMessageToDuration)(call.request.report_interval)):DEFAULT_REPORT_INTERVAL_MS,
reportTimer=setInterval(()=>{call.write(this.message)},reportInterval);call.on("cancelled",()=>{clearInterval(reportTimer)})}}}putUtilizationMetric(name,value){
this.message.utilization||(this.message.utilization={}),this.message.utilization[name]=value}setAllUtilizationMetrics(metrics){this.message.utilization=Object.assign(
{},metrics)}deleteUtilizationMetric(name){var _a;(_a=this.message.utilization)===null||_a===void 0||delete _a[name]}setCpuUtilizationMetric(value){this.message.
cpu_utilization=value}deleteCpuUtilizationMetric(){delete this.message.cpu_utilization}setApplicationUtilizationMetric(value){this.message.application_utilization=
value}deleteApplicationUtilizationMetric(){delete this.message.application_utilization}setQpsMetric(value){this.message.rps_fractional=value}deleteQpsMetric(){delete this.
message.rps_fractional}setEpsMetric(value){this.message.eps=value}deleteEpsMetric(){delete this.message.eps}addToServer(server){let serviceDefinition=loadOrcaProto().
xds.service.orca.v3.OpenRcaService.service;server.addService(serviceDefinition,this.serviceImplementation)}};exports.ServerMetricRecorder=ServerMetricRecorder;function createOrcaClient(channel){
let ClientClass=loadOrcaProto().xds.service.orca.v3.OpenRcaService;return new ClientClass("unused",channel_credentials_1.ChannelCredentials.createInsecure(),{channelOverride:channel})}
exports.GRPC_METRICS_HEADER="endpoint-load-metrics-bin";var PARSED_LOAD_REPORT_KEY="grpc_orca_load_report";function createMetricsReader(listener,previousOnCallEnded){
return(code,details,metadata)=>{let parsedLoadReport=metadata.getOpaque(PARSED_LOAD_REPORT_KEY);if(parsedLoadReport)listener(parsedLoadReport);else{let serializedLoadReport=metadata.
get(exports.GRPC_METRICS_HEADER);serializedLoadReport.length>0&&(parsedLoadReport=loadOrcaProto().xds.data.orca.v3.OrcaLoadReport.deserialize(serializedLoadReport[0]),
listener(parsedLoadReport),metadata.setOpaque(PARSED_LOAD_REPORT_KEY,parsedLoadReport))}previousOnCallEnded&&previousOnCallEnded(code,details,metadata)}}var DATA_PRODUCER_KEY="\
orca_oob_metrics",OobMetricsDataWatcher=class{constructor(metricsListener,intervalMs){this.metricsListener=metricsListener,this.intervalMs=intervalMs,this.dataProducer=
null}setSubchannel(subchannel){let producer=subchannel.getOrCreateDataProducer(DATA_PRODUCER_KEY,createOobMetricsDataProducer);this.dataProducer=producer,producer.
addDataWatcher(this)}destroy(){var _a;(_a=this.dataProducer)===null||_a===void 0||_a.removeDataWatcher(this)}getInterval(){return this.intervalMs}onMetricsUpdate(metrics){
this.metricsListener(metrics)}},OobMetricsDataProducer=class{constructor(subchannel){this.subchannel=subchannel,this.dataWatchers=new Set,this.orcaSupported=!0,
this.metricsCall=null,this.currentInterval=1/0,this.backoffTimer=new backoff_timeout_1.BackoffTimeout(()=>this.updateMetricsSubscription()),this.subchannelStateListener=
()=>this.updateMetricsSubscription();let channel=subchannel.getChannel();this.client=createOrcaClient(channel),subchannel.addConnectivityStateListener(this.subchannelStateListener)}addDataWatcher(dataWatcher){
this.dataWatchers.add(dataWatcher),this.updateMetricsSubscription()}removeDataWatcher(dataWatcher){var _a;this.dataWatchers.delete(dataWatcher),this.dataWatchers.
size===0?(this.subchannel.removeDataProducer(DATA_PRODUCER_KEY),(_a=this.metricsCall)===null||_a===void 0||_a.cancel(),this.metricsCall=null,this.client.close(),
this.subchannel.removeConnectivityStateListener(this.subchannelStateListener)):this.updateMetricsSubscription()}updateMetricsSubscription(){var _a;if(this.dataWatchers.
size===0||!this.orcaSupported||this.subchannel.getConnectivityState()!==connectivity_state_1.ConnectivityState.READY)return;let newInterval=Math.min(...Array.from(
this.dataWatchers).map(watcher=>watcher.getInterval()));if(!this.metricsCall||newInterval!==this.currentInterval){(_a=this.metricsCall)===null||_a===void 0||_a.
cancel(),this.currentInterval=newInterval;let metricsCall=this.client.streamCoreMetrics({report_interval:(0,duration_1.msToDuration)(newInterval)});this.metricsCall=
metricsCall,metricsCall.on("data",report=>{this.dataWatchers.forEach(watcher=>{watcher.onMetricsUpdate(report)})}),metricsCall.on("error",error=>{if(this.metricsCall=
null,error.code===constants_1.Status.UNIMPLEMENTED){this.orcaSupported=!1;return}error.code!==constants_1.Status.CANCELLED&&this.backoffTimer.runOnce()})}}},OrcaOobMetricsSubchannelWrapper=class extends subchannel_interface_1.
BaseSubchannelWrapper{constructor(child,metricsListener,intervalMs){super(child),this.addDataWatcher(new OobMetricsDataWatcher(metricsListener,intervalMs))}getWrappedSubchannel(){
return this.child}};exports.OrcaOobMetricsSubchannelWrapper=OrcaOobMetricsSubchannelWrapper;function createOobMetricsDataProducer(subchannel){return new OobMetricsDataProducer(
subchannel)}}});var require_server_interceptors=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-interceptors.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.BaseServerInterceptingCall=exports.ServerInterceptingCall=exports.ResponderBuilder=exports.ServerListenerBuilder=void 0;exports.isInterceptingServerListener=
isInterceptingServerListener;exports.getServerInterceptingCall=getServerInterceptingCall;var metadata_1=require_metadata(),constants_1=require_constants(),http2=__require("http2"),
error_1=require_error(),zlib=__require("zlib"),stream_decoder_1=require_stream_decoder(),logging=require_logging(),tls_1=__require("tls"),orca_1=require_orca(),
environment_1=require_environment(),TRACER_NAME="server_call";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}var ServerListenerBuilder=class{constructor(){
this.metadata=void 0,this.message=void 0,this.halfClose=void 0,this.cancel=void 0}withOnReceiveMetadata(onReceiveMetadata){return this.metadata=onReceiveMetadata,
this}withOnReceiveMessage(onReceiveMessage){return this.message=onReceiveMessage,this}withOnReceiveHalfClose(onReceiveHalfClose){return this.halfClose=onReceiveHalfClose,
this}withOnCancel(onCancel){return this.cancel=onCancel,this}build(){return{onReceiveMetadata:this.metadata,onReceiveMessage:this.message,onReceiveHalfClose:this.
halfClose,onCancel:this.cancel}}};exports.ServerListenerBuilder=ServerListenerBuilder;function isInterceptingServerListener(listener){return listener.onReceiveMetadata!==
void 0&&listener.onReceiveMetadata.length===1}var InterceptingServerListenerImpl=class{constructor(listener,nextListener){this.listener=listener,this.nextListener=
nextListener,this.cancelled=!1,this.processingMetadata=!1,this.hasPendingMessage=!1,this.pendingMessage=null,this.processingMessage=!1,this.hasPendingHalfClose=
!1}processPendingMessage(){this.hasPendingMessage&&(this.nextListener.onReceiveMessage(this.pendingMessage),this.pendingMessage=null,this.hasPendingMessage=!1)}processPendingHalfClose(){
this.hasPendingHalfClose&&(this.nextListener.onReceiveHalfClose(),this.hasPendingHalfClose=!1)}onReceiveMetadata(metadata){this.cancelled||(this.processingMetadata=
!0,this.listener.onReceiveMetadata(metadata,interceptedMetadata=>{this.processingMetadata=!1,!this.cancelled&&(this.nextListener.onReceiveMetadata(interceptedMetadata),
this.processPendingMessage(),this.processPendingHalfClose())}))}onReceiveMessage(message){this.cancelled||(this.processingMessage=!0,this.listener.onReceiveMessage(
message,msg=>{this.processingMessage=!1,!this.cancelled&&(this.processingMetadata?(this.pendingMessage=msg,this.hasPendingMessage=!0):(this.nextListener.onReceiveMessage(
msg),this.processPendingHalfClose()))}))}onReceiveHalfClose(){this.cancelled||this.listener.onReceiveHalfClose(()=>{this.cancelled||(this.processingMetadata||this.
processingMessage?this.hasPendingHalfClose=!0:this.nextListener.onReceiveHalfClose())})}onCancel(){this.cancelled=!0,this.listener.onCancel(),this.nextListener.
onCancel()}},ResponderBuilder=class{constructor(){this.start=void 0,this.metadata=void 0,this.message=void 0,this.status=void 0}withStart(start){return this.start=
start,this}withSendMetadata(sendMetadata){return this.metadata=sendMetadata,this}withSendMessage(sendMessage){return this.message=sendMessage,this}withSendStatus(sendStatus){
return this.status=sendStatus,this}build(){return{start:this.start,sendMetadata:this.metadata,sendMessage:this.message,sendStatus:this.status}}};exports.ResponderBuilder=
ResponderBuilder;var defaultServerListener={onReceiveMetadata:(metadata,next)=>{next(metadata)},onReceiveMessage:(message,next)=>{next(message)},onReceiveHalfClose:next=>{
next()},onCancel:()=>{}},defaultResponder={start:next=>{next()},sendMetadata:(metadata,next)=>{next(metadata)},sendMessage:(message,next)=>{next(message)},sendStatus:(status,next)=>{
next(status)}},ServerInterceptingCall2=class{constructor(nextCall,responder){var _a,_b,_c,_d;this.nextCall=nextCall,this.processingMetadata=!1,this.sentMetadata=
!1,this.processingMessage=!1,this.pendingMessage=null,this.pendingMessageCallback=null,this.pendingStatus=null,this.responder={start:(_a=responder?.start)!==null&&
_a!==void 0?_a:defaultResponder.start,sendMetadata:(_b=responder?.sendMetadata)!==null&&_b!==void 0?_b:defaultResponder.sendMetadata,sendMessage:(_c=responder?.
sendMessage)!==null&&_c!==void 0?_c:defaultResponder.sendMessage,sendStatus:(_d=responder?.sendStatus)!==null&&_d!==void 0?_d:defaultResponder.sendStatus}}processPendingMessage(){
this.pendingMessageCallback&&(this.nextCall.sendMessage(this.pendingMessage,this.pendingMessageCallback),this.pendingMessage=null,this.pendingMessageCallback=null)}processPendingStatus(){
this.pendingStatus&&(this.nextCall.sendStatus(this.pendingStatus),this.pendingStatus=null)}start(listener){this.responder.start(interceptedListener=>{var _a,_b,
_c,_d;let fullInterceptedListener={onReceiveMetadata:(_a=interceptedListener?.onReceiveMetadata)!==null&&_a!==void 0?_a:defaultServerListener.onReceiveMetadata,
onReceiveMessage:(_b=interceptedListener?.onReceiveMessage)!==null&&_b!==void 0?_b:defaultServerListener.onReceiveMessage,onReceiveHalfClose:(_c=interceptedListener?.
onReceiveHalfClose)!==null&&_c!==void 0?_c:defaultServerListener.onReceiveHalfClose,onCancel:(_d=interceptedListener?.onCancel)!==null&&_d!==void 0?_d:defaultServerListener.
onCancel},finalInterceptingListener=new InterceptingServerListenerImpl(fullInterceptedListener,listener);this.nextCall.start(finalInterceptingListener)})}sendMetadata(metadata){
this.processingMetadata=!0,this.sentMetadata=!0,this.responder.sendMetadata(metadata,interceptedMetadata=>{this.processingMetadata=!1,this.nextCall.sendMetadata(
interceptedMetadata),this.processPendingMessage(),this.processPendingStatus()})}sendMessage(message,callback){this.processingMessage=!0,this.sentMetadata||this.
sendMetadata(new metadata_1.Metadata),this.responder.sendMessage(message,interceptedMessage=>{this.processingMessage=!1,this.processingMetadata?(this.pendingMessage=
interceptedMessage,this.pendingMessageCallback=callback):this.nextCall.sendMessage(interceptedMessage,callback)})}sendStatus(status){this.responder.sendStatus(status,
interceptedStatus=>{this.processingMetadata||this.processingMessage?this.pendingStatus=interceptedStatus:this.nextCall.sendStatus(interceptedStatus)})}startRead(){
this.nextCall.startRead()}getPeer(){return this.nextCall.getPeer()}getDeadline(){return this.nextCall.getDeadline()}getHost(){return this.nextCall.getHost()}getAuthContext(){
return this.nextCall.getAuthContext()}getConnectionInfo(){return this.nextCall.getConnectionInfo()}getMetricsRecorder(){return this.nextCall.getMetricsRecorder()}};
exports.ServerInterceptingCall=ServerInterceptingCall2;var GRPC_ACCEPT_ENCODING_HEADER="grpc-accept-encoding",GRPC_ENCODING_HEADER="grpc-encoding",GRPC_MESSAGE_HEADER="\
grpc-message",GRPC_STATUS_HEADER="grpc-status",GRPC_TIMEOUT_HEADER="grpc-timeout",DEADLINE_REGEX=/(\d{1,8})\s*([HMSmun])/,deadlineUnitsToMs={H:36e5,M:6e4,S:1e3,
m:1,u:.001,n:1e-6},defaultCompressionHeaders={[GRPC_ACCEPT_ENCODING_HEADER]:"identity,deflate,gzip",[GRPC_ENCODING_HEADER]:"identity"},defaultResponseHeaders={[http2.
constants.HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_OK,[http2.constants.HTTP2_HEADER_CONTENT_TYPE]:"application/grpc+proto"},defaultResponseOptions={waitForTrailers:!0},
BaseServerInterceptingCall=class{constructor(stream,headers,callEventTracker,handler,options){var _a,_b;this.stream=stream,this.callEventTracker=callEventTracker,
this.handler=handler,this.listener=null,this.deadlineTimer=null,this.deadline=1/0,this.maxSendMessageSize=constants_1.DEFAULT_MAX_SEND_MESSAGE_LENGTH,this.maxReceiveMessageSize=
constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH,this.cancelled=!1,this.metadataSent=!1,this.wantTrailers=!1,this.cancelNotified=!1,this.incomingEncoding="identit\
y",this.readQueue=[],this.isReadPending=!1,this.receivedHalfClose=!1,this.streamEnded=!1,this.metricsRecorder=new orca_1.PerRequestMetricRecorder,this.stream.once(
"close",()=>{var _a2;trace("Request to method "+((_a2=this.handler)===null||_a2===void 0?void 0:_a2.path)+" stream closed with rstCode "+this.stream.rstCode),this.
callEventTracker&&!this.streamEnded&&(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!1),this.callEventTracker.onCallEnd({code:constants_1.Status.CANCELLED,
details:"Stream closed before sending status",metadata:null})),this.notifyOnCancel()}),this.stream.on("data",data=>{this.handleDataFrame(data)}),this.stream.pause(),
this.stream.on("end",()=>{this.handleEndEvent()}),"grpc.max_send_message_length"in options&&(this.maxSendMessageSize=options["grpc.max_send_message_length"]),"g\
rpc.max_receive_message_length"in options&&(this.maxReceiveMessageSize=options["grpc.max_receive_message_length"]),this.host=(_a=headers[":authority"])!==null&&
_a!==void 0?_a:headers.host,this.decoder=new stream_decoder_1.StreamDecoder(this.maxReceiveMessageSize);let metadata=metadata_1.Metadata.fromHttp2Headers(headers);
logging.isTracerEnabled(TRACER_NAME)&&trace("Request to "+this.handler.path+" received headers "+JSON.stringify(metadata.toJSON()));let timeoutHeader=metadata.get(
GRPC_TIMEOUT_HEADER);timeoutHeader.length>0&&this.handleTimeoutHeader(timeoutHeader[0]);let encodingHeader=metadata.get(GRPC_ENCODING_HEADER);encodingHeader.length>
0&&(this.incomingEncoding=encodingHeader[0]),metadata.remove(GRPC_TIMEOUT_HEADER),metadata.remove(GRPC_ENCODING_HEADER),metadata.remove(GRPC_ACCEPT_ENCODING_HEADER),
metadata.remove(http2.constants.HTTP2_HEADER_ACCEPT_ENCODING),metadata.remove(http2.constants.HTTP2_HEADER_TE),metadata.remove(http2.constants.HTTP2_HEADER_CONTENT_TYPE),
this.metadata=metadata;let socket=(_b=stream.session)===null||_b===void 0?void 0:_b.socket;this.connectionInfo={localAddress:socket?.localAddress,localPort:socket?.
localPort,remoteAddress:socket?.remoteAddress,remotePort:socket?.remotePort},this.shouldSendMetrics=!!options["grpc.server_call_metric_recording"]}handleTimeoutHeader(timeoutHeader){
let match=timeoutHeader.toString().match(DEADLINE_REGEX);if(match===null){let status={code:constants_1.Status.INTERNAL,details:`Invalid ${GRPC_TIMEOUT_HEADER} v\
alue "${timeoutHeader}"`,metadata:null};process.nextTick(()=>{this.sendStatus(status)});return}let timeout=+match[1]*deadlineUnitsToMs[match[2]]|0;this.deadline=
Date.now()+timeout,this.deadlineTimer=setTimeout(()=>{let status={code:constants_1.Status.DEADLINE_EXCEEDED,details:"Deadline exceeded",metadata:null};this.sendStatus(
status)},timeout)}checkCancelled(){return!this.cancelled&&(this.stream.destroyed||this.stream.closed)&&(this.notifyOnCancel(),this.cancelled=!0),this.cancelled}notifyOnCancel(){
this.cancelNotified||(this.cancelNotified=!0,this.cancelled=!0,process.nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onCancel()}),this.deadlineTimer&&
clearTimeout(this.deadlineTimer),this.stream.resume())}maybeSendMetadata(){this.metadataSent||this.sendMetadata(new metadata_1.Metadata)}serializeMessage(value){
let messageBuffer=this.handler.serialize(value),byteLength=messageBuffer.byteLength,output=Buffer.allocUnsafe(byteLength+5);return output.writeUInt8(0,0),output.
writeUInt32BE(byteLength,1),messageBuffer.copy(output,5),output}decompressMessage(message,encoding){let messageContents=message.subarray(5);if(encoding==="ident\
ity")return messageContents;if(encoding==="deflate"||encoding==="gzip"){let decompresser;return encoding==="deflate"?decompresser=zlib.createInflate():decompresser=
zlib.createGunzip(),new Promise((resolve,reject)=>{let totalLength=0,messageParts=[];decompresser.on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"\
Failed to decompress message"})}),decompresser.on("data",chunk=>{messageParts.push(chunk),totalLength+=chunk.byteLength,this.maxReceiveMessageSize!==-1&&totalLength>
this.maxReceiveMessageSize&&(decompresser.destroy(),reject({code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size lar\
ger than ${this.maxReceiveMessageSize}`}))}),decompresser.on("end",()=>{resolve(Buffer.concat(messageParts))}),decompresser.write(messageContents),decompresser.
end()})}else return Promise.reject({code:constants_1.Status.UNIMPLEMENTED,details:`Received message compressed with unsupported encoding "${encoding}"`})}async decompressAndMaybePush(queueEntry){
if(queueEntry.type!=="COMPRESSED")throw new Error(`Invalid queue entry type: ${queueEntry.type}`);let compressedMessageEncoding=queueEntry.compressedMessage.readUInt8(
0)===1?this.incomingEncoding:"identity",decompressedMessage;try{decompressedMessage=await this.decompressMessage(queueEntry.compressedMessage,compressedMessageEncoding)}catch(err){
this.sendStatus(err);return}try{queueEntry.parsedMessage=this.handler.deserialize(decompressedMessage)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?
details=`Error deserializing request: ${err.message}`:details="Error deserializing request",this.sendStatus({code:constants_1.Status.INTERNAL,details});return}queueEntry.
type="READABLE",this.maybePushNextMessage()}maybePushNextMessage(){if(this.listener&&this.isReadPending&&this.readQueue.length>0&&this.readQueue[0].type!=="COMP\
RESSED"){this.isReadPending=!1;let nextQueueEntry=this.readQueue.shift();nextQueueEntry.type==="READABLE"?this.listener.onReceiveMessage(nextQueueEntry.parsedMessage):
this.listener.onReceiveHalfClose()}}handleDataFrame(data){var _a;if(this.checkCancelled())return;trace("Request to "+this.handler.path+" received data frame of \
size "+data.length);let rawMessages;try{rawMessages=this.decoder.write(data)}catch(e){this.sendStatus({code:constants_1.Status.RESOURCE_EXHAUSTED,details:e.message});
return}for(let messageBytes of rawMessages){this.stream.pause();let queueEntry={type:"COMPRESSED",compressedMessage:messageBytes,parsedMessage:null};this.readQueue.
push(queueEntry),this.decompressAndMaybePush(queueEntry),(_a=this.callEventTracker)===null||_a===void 0||_a.addMessageReceived()}}handleEndEvent(){this.readQueue.
push({type:"HALF_CLOSE",compressedMessage:null,parsedMessage:null}),this.receivedHalfClose=!0,this.maybePushNextMessage()}start(listener){trace("Request to "+this.
handler.path+" start called"),!this.checkCancelled()&&(this.listener=listener,listener.onReceiveMetadata(this.metadata))}sendMetadata(metadata){if(this.checkCancelled()||
this.metadataSent)return;this.metadataSent=!0;let custom=metadata?metadata.toHttp2Headers():null,headers=Object.assign(Object.assign(Object.assign({},defaultResponseHeaders),
defaultCompressionHeaders),custom);this.stream.respond(headers,defaultResponseOptions)}sendMessage(message,callback){if(this.checkCancelled())return;let response;
try{response=this.serializeMessage(message)}catch(e){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Error serializing response: ${(0,error_1.
getErrorMessage)(e)}`:details="Error serializing response",this.sendStatus({code:constants_1.Status.INTERNAL,details,metadata:null});return}if(this.maxSendMessageSize!==
-1&&response.length-5>this.maxSendMessageSize){this.sendStatus({code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Sent message larger than max (${response.length}\
 vs. ${this.maxSendMessageSize})`,metadata:null});return}this.maybeSendMetadata(),trace("Request to "+this.handler.path+" sent data frame of size "+response.length),
this.stream.write(response,error=>{var _a;if(error){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Error writing message: ${(0,error_1.getErrorMessage)(
error)}`:details="Internal server error",this.sendStatus({code:constants_1.Status.INTERNAL,details,metadata:null});return}(_a=this.callEventTracker)===null||_a===
void 0||_a.addMessageSent(),callback()})}sendStatus(status){var _a,_b,_c;if(this.checkCancelled())return;trace("Request to method "+((_a=this.handler)===null||_a===
void 0?void 0:_a.path)+" ended with status code: "+constants_1.Status[status.code]+" details: "+status.details);let statusMetadata=(_c=(_b=status.metadata)===null||
_b===void 0?void 0:_b.clone())!==null&&_c!==void 0?_c:new metadata_1.Metadata;if(this.shouldSendMetrics&&statusMetadata.set(orca_1.GRPC_METRICS_HEADER,this.metricsRecorder.
serialize()),this.metadataSent)this.wantTrailers?this.notifyOnCancel():(this.wantTrailers=!0,this.stream.once("wantTrailers",()=>{this.callEventTracker&&!this.streamEnded&&
(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!0),this.callEventTracker.onCallEnd(status));let trailersToSend=Object.assign({[GRPC_STATUS_HEADER]:status.
code,[GRPC_MESSAGE_HEADER]:encodeURI(status.details)},statusMetadata.toHttp2Headers());this.stream.sendTrailers(trailersToSend),this.notifyOnCancel()}),this.stream.
end());else{this.callEventTracker&&!this.streamEnded&&(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!0),this.callEventTracker.onCallEnd(status));let trailersToSend=Object.
assign(Object.assign({[GRPC_STATUS_HEADER]:status.code,[GRPC_MESSAGE_HEADER]:encodeURI(status.details)},defaultResponseHeaders),statusMetadata.toHttp2Headers());
this.stream.respond(trailersToSend,{endStream:!0}),this.notifyOnCancel()}}startRead(){trace("Request to "+this.handler.path+" startRead called"),!this.checkCancelled()&&
(this.isReadPending=!0,this.readQueue.length===0?this.receivedHalfClose||this.stream.resume():this.maybePushNextMessage())}getPeer(){var _a;let socket=(_a=this.
stream.session)===null||_a===void 0?void 0:_a.socket;return socket?.remoteAddress?socket.remotePort?`${socket.remoteAddress}:${socket.remotePort}`:socket.remoteAddress:
"unknown"}getDeadline(){return this.deadline}getHost(){return this.host}getAuthContext(){var _a;if(!(((_a=this.stream.session)===null||_a===void 0?void 0:_a.socket)instanceof
tls_1.TLSSocket))return{};if(!this.stream.session.socket.authorized)return{};let peerCertificate=this.stream.session.socket.getPeerCertificate();return{transportSecurityType:"\
ssl",sslPeerCertificate:peerCertificate.raw?peerCertificate:void 0}}getConnectionInfo(){return this.connectionInfo}getMetricsRecorder(){return this.metricsRecorder}};
exports.BaseServerInterceptingCall=BaseServerInterceptingCall;function getServerInterceptingCall(interceptors,stream,headers,callEventTracker,handler,options){let methodDefinition={
path:handler.path,requestStream:handler.type==="clientStream"||handler.type==="bidi",responseStream:handler.type==="serverStream"||handler.type==="bidi",requestDeserialize:handler.
deserialize,responseSerialize:handler.serialize},baseCall=new BaseServerInterceptingCall(stream,headers,callEventTracker,handler,options);return interceptors.reduce(
(call,interceptor)=>interceptor(methodDefinition,call),baseCall)}}});var require_server=__commonJS({"node_modules/@grpc/grpc-js/build/src/server.js"(exports){"use strict";var __runInitializers=exports&&exports.__runInitializers||
function(thisArg,initializers,value){for(var useValue=arguments.length>2,i=0;i<initializers.length;i++)value=useValue?initializers[i].call(thisArg,value):initializers[i].
call(thisArg);return useValue?value:void 0},__esDecorate=exports&&exports.__esDecorate||function(ctor,descriptorIn,decorators,contextIn,initializers,extraInitializers){
function accept(f){if(f!==void 0&&typeof f!="function")throw new TypeError("Function expected");return f}for(var kind=contextIn.kind,key=kind==="getter"?"get":kind===
"setter"?"set":"value",target=!descriptorIn&&ctor?contextIn.static?ctor:ctor.prototype:null,descriptor=descriptorIn||(target?Object.getOwnPropertyDescriptor(target,
contextIn.name):{}),_,done=!1,i=decorators.length-1;i>=0;i--){var context={};for(var p in contextIn)context[p]=p==="access"?{}:contextIn[p];for(var p in contextIn.
access)context.access[p]=contextIn.access[p];context.addInitializer=function(f){if(done)throw new TypeError("Cannot add initializers after decoration has comple\
ted");extraInitializers.push(accept(f||null))};var result=(0,decorators[i])(kind==="accessor"?{get:descriptor.get,set:descriptor.set}:descriptor[key],context);if(kind===
"accessor"){if(result===void 0)continue;if(result===null||typeof result!="object")throw new TypeError("Object expected");(_=accept(result.get))&&(descriptor.get=
_),(_=accept(result.set))&&(descriptor.set=_),(_=accept(result.init))&&initializers.unshift(_)}else(_=accept(result))&&(kind==="field"?initializers.unshift(_):descriptor[key]=
_)}target&&Object.defineProperty(target,contextIn.name,descriptor),done=!0};Object.defineProperty(exports,"__esModule",{value:!0});exports.Server=void 0;var http2=__require("http2"),
util=__require("util"),constants_1=require_constants(),server_call_1=require_server_call(),server_credentials_1=require_server_credentials(),resolver_1=require_resolver(),
logging=require_logging(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),channelz_1=require_channelz(),server_interceptors_1=require_server_interceptors(),
environment_1=require_environment(),UNLIMITED_CONNECTION_AGE_MS=~(1<<31),KEEPALIVE_MAX_TIME_MS=~(1<<31),KEEPALIVE_TIMEOUT_MS=2e4,MAX_CONNECTION_IDLE_MS=~(1<<31),
{HTTP2_HEADER_PATH}=http2.constants,TRACER_NAME="server",kMaxAge=Buffer.from("max_age");function serverCallTrace(text){logging.trace(constants_1.LogVerbosity.DEBUG,
"server_call",text)}function noop(){}function deprecate(message){return function(target,context){return util.deprecate(target,message)}}function getUnimplementedStatusResponse(methodName){
return{code:constants_1.Status.UNIMPLEMENTED,details:`The server does not implement the method ${methodName}`}}function getDefaultHandler(handlerType,methodName){
let unimplementedStatusResponse=getUnimplementedStatusResponse(methodName);switch(handlerType){case"unary":return(call,callback)=>{callback(unimplementedStatusResponse,
null)};case"clientStream":return(call,callback)=>{callback(unimplementedStatusResponse,null)};case"serverStream":return call=>{call.emit("error",unimplementedStatusResponse)};case"\
bidi":return call=>{call.emit("error",unimplementedStatusResponse)};default:throw new Error(`Invalid handlerType ${handlerType}`)}}var Server2=(()=>{var _a;let _instanceExtraInitializers=[],
_start_decorators;return _a=class{constructor(options){var _b,_c,_d,_e,_f,_g;this.boundPorts=(__runInitializers(this,_instanceExtraInitializers),new Map),this.http2Servers=
new Map,this.sessionIdleTimeouts=new Map,this.handlers=new Map,this.sessions=new Map,this.started=!1,this.shutdown=!1,this.serverAddressString="null",this.channelzEnabled=
!0,this.options=options??{},this.options["grpc.enable_channelz"]===0?(this.channelzEnabled=!1,this.channelzTrace=new channelz_1.ChannelzTraceStub,this.callTracker=
new channelz_1.ChannelzCallTrackerStub,this.listenerChildrenTracker=new channelz_1.ChannelzChildrenTrackerStub,this.sessionChildrenTracker=new channelz_1.ChannelzChildrenTrackerStub):
(this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,this.listenerChildrenTracker=new channelz_1.ChannelzChildrenTracker,
this.sessionChildrenTracker=new channelz_1.ChannelzChildrenTracker),this.channelzRef=(0,channelz_1.registerChannelzServer)("server",()=>this.getChannelzInfo(),this.
channelzEnabled),this.channelzTrace.addTrace("CT_INFO","Server created"),this.maxConnectionAgeMs=(_b=this.options["grpc.max_connection_age_ms"])!==null&&_b!==void 0?
_b:UNLIMITED_CONNECTION_AGE_MS,this.maxConnectionAgeGraceMs=(_c=this.options["grpc.max_connection_age_grace_ms"])!==null&&_c!==void 0?_c:UNLIMITED_CONNECTION_AGE_MS,
this.keepaliveTimeMs=(_d=this.options["grpc.keepalive_time_ms"])!==null&&_d!==void 0?_d:KEEPALIVE_MAX_TIME_MS,this.keepaliveTimeoutMs=(_e=this.options["grpc.kee\
palive_timeout_ms"])!==null&&_e!==void 0?_e:KEEPALIVE_TIMEOUT_MS,this.sessionIdleTimeout=(_f=this.options["grpc.max_connection_idle_ms"])!==null&&_f!==void 0?_f:
MAX_CONNECTION_IDLE_MS,this.commonServerOptions={maxSendHeaderBlockLength:Number.MAX_SAFE_INTEGER},"grpc-node.max_session_memory"in this.options?this.commonServerOptions.
maxSessionMemory=this.options["grpc-node.max_session_memory"]:this.commonServerOptions.maxSessionMemory=Number.MAX_SAFE_INTEGER,"grpc.max_concurrent_streams"in this.
options&&(this.commonServerOptions.settings={maxConcurrentStreams:this.options["grpc.max_concurrent_streams"]}),this.interceptors=(_g=this.options.interceptors)!==
null&&_g!==void 0?_g:[],this.trace("Server constructed")}getChannelzInfo(){return{trace:this.channelzTrace,callTracker:this.callTracker,listenerChildren:this.listenerChildrenTracker.
getChildLists(),sessionChildren:this.sessionChildrenTracker.getChildLists()}}getChannelzSessionInfo(session){var _b,_c,_d;let sessionInfo=this.sessions.get(session),
sessionSocket=session.socket,remoteAddress=sessionSocket.remoteAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.remoteAddress,sessionSocket.
remotePort):null,localAddress=sessionSocket.localAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.localAddress,sessionSocket.localPort):
null,tlsInfo;if(session.encrypted){let tlsSocket=sessionSocket,cipherInfo=tlsSocket.getCipher(),certificate=tlsSocket.getCertificate(),peerCertificate=tlsSocket.
getPeerCertificate();tlsInfo={cipherSuiteStandardName:(_b=cipherInfo.standardName)!==null&&_b!==void 0?_b:null,cipherSuiteOtherName:cipherInfo.standardName?null:
cipherInfo.name,localCertificate:certificate&&"raw"in certificate?certificate.raw:null,remoteCertificate:peerCertificate&&"raw"in peerCertificate?peerCertificate.
raw:null}}else tlsInfo=null;return{remoteAddress,localAddress,security:tlsInfo,remoteName:null,streamsStarted:sessionInfo.streamTracker.callsStarted,streamsSucceeded:sessionInfo.
streamTracker.callsSucceeded,streamsFailed:sessionInfo.streamTracker.callsFailed,messagesSent:sessionInfo.messagesSent,messagesReceived:sessionInfo.messagesReceived,
keepAlivesSent:sessionInfo.keepAlivesSent,lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:sessionInfo.streamTracker.lastCallStartedTimestamp,
lastMessageSentTimestamp:sessionInfo.lastMessageSentTimestamp,lastMessageReceivedTimestamp:sessionInfo.lastMessageReceivedTimestamp,localFlowControlWindow:(_c=session.
state.localWindowSize)!==null&&_c!==void 0?_c:null,remoteFlowControlWindow:(_d=session.state.remoteWindowSize)!==null&&_d!==void 0?_d:null}}trace(text){logging.
trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+text)}keepaliveTrace(text){logging.trace(constants_1.LogVerbosity.DEBUG,"keepalive",
"("+this.channelzRef.id+") "+text)}addProtoService(){throw new Error("Not implemented. Use addService() instead")}addService(service,implementation){if(service===
null||typeof service!="object"||implementation===null||typeof implementation!="object")throw new Error("addService() requires two objects as arguments");let serviceKeys=Object.
keys(service);if(serviceKeys.length===0)throw new Error("Cannot add an empty service to a server");serviceKeys.forEach(name=>{let attrs=service[name],methodType;
attrs.requestStream?attrs.responseStream?methodType="bidi":methodType="clientStream":attrs.responseStream?methodType="serverStream":methodType="unary";let implFn=implementation[name],
impl;if(implFn===void 0&&typeof attrs.originalName=="string"&&(implFn=implementation[attrs.originalName]),implFn!==void 0?impl=implFn.bind(implementation):impl=
getDefaultHandler(methodType,name),this.register(attrs.path,impl,attrs.responseSerialize,attrs.requestDeserialize,methodType)===!1)throw new Error(`Method handl\
er for ${attrs.path} already provided.`)})}removeService(service){if(service===null||typeof service!="object")throw new Error("removeService() requires object a\
s argument");Object.keys(service).forEach(name=>{let attrs=service[name];this.unregister(attrs.path)})}bind(port,creds){throw new Error("Not implemented. Use bi\
ndAsync() instead")}experimentalRegisterListenerToChannelz(boundAddress){return(0,channelz_1.registerChannelzSocket)((0,subchannel_address_1.subchannelAddressToString)(
boundAddress),()=>({localAddress:boundAddress,remoteAddress:null,security:null,remoteName:null,streamsStarted:0,streamsSucceeded:0,streamsFailed:0,messagesSent:0,
messagesReceived:0,keepAlivesSent:0,lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null,
localFlowControlWindow:null,remoteFlowControlWindow:null}),this.channelzEnabled)}experimentalUnregisterListenerFromChannelz(channelzRef){(0,channelz_1.unregisterChannelzRef)(
channelzRef)}createHttp2Server(credentials2){let http2Server;if(credentials2._isSecure()){let constructorOptions=credentials2._getConstructorOptions(),contextOptions=credentials2.
_getSecureContextOptions(),secureServerOptions=Object.assign(Object.assign(Object.assign(Object.assign({},this.commonServerOptions),constructorOptions),contextOptions),
{enableTrace:this.options["grpc-node.tls_enable_trace"]===1}),areCredentialsValid=contextOptions!==null;this.trace("Initial credentials valid: "+areCredentialsValid),
http2Server=http2.createSecureServer(secureServerOptions),http2Server.prependListener("connection",socket=>{areCredentialsValid||(this.trace("Dropped connection\
 from "+JSON.stringify(socket.address())+" due to unloaded credentials"),socket.destroy())}),http2Server.on("secureConnection",socket=>{socket.on("error",e=>{this.
trace("An incoming TLS connection closed with error: "+e.message)})});let credsWatcher=options=>{if(options){let secureServer=http2Server;try{secureServer.setSecureContext(
options)}catch(e){logging.log(constants_1.LogVerbosity.ERROR,"Failed to set secure context with error "+e.message),options=null}}areCredentialsValid=options!==null,
this.trace("Post-update credentials valid: "+areCredentialsValid)};credentials2._addWatcher(credsWatcher),http2Server.on("close",()=>{credentials2._removeWatcher(
credsWatcher)})}else http2Server=http2.createServer(this.commonServerOptions);return http2Server.setTimeout(0,noop),this._setupHandlers(http2Server,credentials2.
_getInterceptors()),http2Server}bindOneAddress(address,boundPortObject){this.trace("Attempting to bind "+(0,subchannel_address_1.subchannelAddressToString)(address));
let http2Server=this.createHttp2Server(boundPortObject.credentials);return new Promise((resolve,reject)=>{let onError=err=>{this.trace("Failed to bind "+(0,subchannel_address_1.
subchannelAddressToString)(address)+" with error "+err.message),resolve({port:"port"in address?address.port:1,error:err.message})};http2Server.once("error",onError),
http2Server.listen(address,()=>{let boundAddress=http2Server.address(),boundSubchannelAddress;typeof boundAddress=="string"?boundSubchannelAddress={path:boundAddress}:
boundSubchannelAddress={host:boundAddress.address,port:boundAddress.port};let channelzRef=this.experimentalRegisterListenerToChannelz(boundSubchannelAddress);this.
listenerChildrenTracker.refChild(channelzRef),this.http2Servers.set(http2Server,{channelzRef,sessions:new Set,ownsChannelzRef:!0}),boundPortObject.listeningServers.
add(http2Server),this.trace("Successfully bound "+(0,subchannel_address_1.subchannelAddressToString)(boundSubchannelAddress)),resolve({port:"port"in boundSubchannelAddress?
boundSubchannelAddress.port:1}),http2Server.removeListener("error",onError)})})}async bindManyPorts(addressList,boundPortObject){if(addressList.length===0)return{
count:0,port:0,errors:[]};if((0,subchannel_address_1.isTcpSubchannelAddress)(addressList[0])&&addressList[0].port===0){let firstAddressResult=await this.bindOneAddress(
addressList[0],boundPortObject);if(firstAddressResult.error){let restAddressResult=await this.bindManyPorts(addressList.slice(1),boundPortObject);return Object.
assign(Object.assign({},restAddressResult),{errors:[firstAddressResult.error,...restAddressResult.errors]})}else{let restAddresses=addressList.slice(1).map(address=>(0,subchannel_address_1.
isTcpSubchannelAddress)(address)?{host:address.host,port:firstAddressResult.port}:address),restAddressResult=await Promise.all(restAddresses.map(address=>this.bindOneAddress(
address,boundPortObject))),allResults=[firstAddressResult,...restAddressResult];return{count:allResults.filter(result=>result.error===void 0).length,port:firstAddressResult.
port,errors:allResults.filter(result=>result.error).map(result=>result.error)}}}else{let allResults=await Promise.all(addressList.map(address=>this.bindOneAddress(
address,boundPortObject)));return{count:allResults.filter(result=>result.error===void 0).length,port:allResults[0].port,errors:allResults.filter(result=>result.
error).map(result=>result.error)}}}async bindAddressList(addressList,boundPortObject){let bindResult=await this.bindManyPorts(addressList,boundPortObject);if(bindResult.
count>0)return bindResult.count<addressList.length&&logging.log(constants_1.LogVerbosity.INFO,`WARNING Only ${bindResult.count} addresses added out of total ${addressList.
length} resolved`),bindResult.port;{let errorString=`No address added out of total ${addressList.length} resolved`;throw logging.log(constants_1.LogVerbosity.ERROR,
errorString),new Error(`${errorString} errors: [${bindResult.errors.join(",")}]`)}}resolvePort(port){return new Promise((resolve,reject)=>{let seenResolution=!1,
resolverListener=(endpointList,attributes,serviceConfig,resolutionNote)=>{if(seenResolution)return!0;if(seenResolution=!0,!endpointList.ok)return reject(new Error(
endpointList.error.details)),!0;let addressList=[].concat(...endpointList.value.map(endpoint=>endpoint.addresses));return addressList.length===0?(reject(new Error(
`No addresses resolved for port ${port}`)),!0):(resolve(addressList),!0)};(0,resolver_1.createResolver)(port,resolverListener,this.options).updateResolution()})}async bindPort(port,boundPortObject){
let addressList=await this.resolvePort(port);if(boundPortObject.cancelled)throw this.completeUnbind(boundPortObject),new Error("bindAsync operation cancelled by\
 unbind call");let portNumber=await this.bindAddressList(addressList,boundPortObject);if(boundPortObject.cancelled)throw this.completeUnbind(boundPortObject),new Error(
"bindAsync operation cancelled by unbind call");return portNumber}normalizePort(port){let initialPortUri=(0,uri_parser_1.parseUri)(port);if(initialPortUri===null)
throw new Error(`Could not parse port "${port}"`);let portUri=(0,resolver_1.mapUriDefaultScheme)(initialPortUri);if(portUri===null)throw new Error(`Could not ge\
t a default scheme for port "${port}"`);return portUri}bindAsync(port,creds,callback){if(this.shutdown)throw new Error("bindAsync called after shutdown");if(typeof port!=
"string")throw new TypeError("port must be a string");if(creds===null||!(creds instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds mus\
t be a ServerCredentials object");if(typeof callback!="function")throw new TypeError("callback must be a function");this.trace("bindAsync port="+port);let portUri=this.
normalizePort(port),deferredCallback=(error,port2)=>{process.nextTick(()=>callback(error,port2))},boundPortObject=this.boundPorts.get((0,uri_parser_1.uriToString)(
portUri));if(boundPortObject){if(!creds._equals(boundPortObject.credentials)){deferredCallback(new Error(`${port} already bound with incompatible credentials`),
0);return}boundPortObject.cancelled=!1,boundPortObject.completionPromise?boundPortObject.completionPromise.then(portNum=>callback(null,portNum),error=>callback(
error,0)):deferredCallback(null,boundPortObject.portNumber);return}boundPortObject={mapKey:(0,uri_parser_1.uriToString)(portUri),originalUri:portUri,completionPromise:null,
cancelled:!1,portNumber:0,credentials:creds,listeningServers:new Set};let splitPort=(0,uri_parser_1.splitHostPort)(portUri.path),completionPromise=this.bindPort(
portUri,boundPortObject);boundPortObject.completionPromise=completionPromise,splitPort?.port===0?completionPromise.then(portNum=>{let finalUri={scheme:portUri.scheme,
authority:portUri.authority,path:(0,uri_parser_1.combineHostPort)({host:splitPort.host,port:portNum})};boundPortObject.mapKey=(0,uri_parser_1.uriToString)(finalUri),
boundPortObject.completionPromise=null,boundPortObject.portNumber=portNum,this.boundPorts.set(boundPortObject.mapKey,boundPortObject),callback(null,portNum)},error=>{
callback(error,0)}):(this.boundPorts.set(boundPortObject.mapKey,boundPortObject),completionPromise.then(portNum=>{boundPortObject.completionPromise=null,boundPortObject.
portNumber=portNum,callback(null,portNum)},error=>{callback(error,0)}))}registerInjectorToChannelz(){return(0,channelz_1.registerChannelzSocket)("injector",()=>({
localAddress:null,remoteAddress:null,security:null,remoteName:null,streamsStarted:0,streamsSucceeded:0,streamsFailed:0,messagesSent:0,messagesReceived:0,keepAlivesSent:0,
lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null,localFlowControlWindow:null,
remoteFlowControlWindow:null}),this.channelzEnabled)}experimentalCreateConnectionInjectorWithChannelzRef(credentials2,channelzRef,ownsChannelzRef=!1){if(credentials2===
null||!(credentials2 instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds must be a ServerCredentials object");this.channelzEnabled&&this.
listenerChildrenTracker.refChild(channelzRef);let server=this.createHttp2Server(credentials2),sessionsSet=new Set;return this.http2Servers.set(server,{channelzRef,
sessions:sessionsSet,ownsChannelzRef}),{injectConnection:connection=>{server.emit("connection",connection)},drain:graceTimeMs=>{var _b,_c;for(let session of sessionsSet)
this.closeSession(session);(_c=(_b=setTimeout(()=>{for(let session of sessionsSet)session.destroy(http2.constants.NGHTTP2_CANCEL)},graceTimeMs)).unref)===null||
_c===void 0||_c.call(_b)},destroy:()=>{this.closeServer(server);for(let session of sessionsSet)this.closeSession(session)}}}createConnectionInjector(credentials2){
if(credentials2===null||!(credentials2 instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds must be a ServerCredentials object");let channelzRef=this.
registerInjectorToChannelz();return this.experimentalCreateConnectionInjectorWithChannelzRef(credentials2,channelzRef,!0)}closeServer(server,callback){this.trace(
"Closing server with address "+JSON.stringify(server.address()));let serverInfo=this.http2Servers.get(server);server.close(()=>{serverInfo&&serverInfo.ownsChannelzRef&&
(this.listenerChildrenTracker.unrefChild(serverInfo.channelzRef),(0,channelz_1.unregisterChannelzRef)(serverInfo.channelzRef)),this.http2Servers.delete(server),
callback?.()})}closeSession(session,callback){var _b;this.trace("Closing session initiated by "+((_b=session.socket)===null||_b===void 0?void 0:_b.remoteAddress));
let sessionInfo=this.sessions.get(session),closeCallback=()=>{sessionInfo&&(this.sessionChildrenTracker.unrefChild(sessionInfo.ref),(0,channelz_1.unregisterChannelzRef)(
sessionInfo.ref)),callback?.()};session.closed?queueMicrotask(closeCallback):session.close(closeCallback)}completeUnbind(boundPortObject){for(let server of boundPortObject.
listeningServers){let serverInfo=this.http2Servers.get(server);if(this.closeServer(server,()=>{boundPortObject.listeningServers.delete(server)}),serverInfo)for(let session of serverInfo.
sessions)this.closeSession(session)}this.boundPorts.delete(boundPortObject.mapKey)}unbind(port){this.trace("unbind port="+port);let portUri=this.normalizePort(port),
splitPort=(0,uri_parser_1.splitHostPort)(portUri.path);if(splitPort?.port===0)throw new Error("Cannot unbind port 0");let boundPortObject=this.boundPorts.get((0,uri_parser_1.
uriToString)(portUri));boundPortObject&&(this.trace("unbinding "+boundPortObject.mapKey+" originally bound as "+(0,uri_parser_1.uriToString)(boundPortObject.originalUri)),
boundPortObject.completionPromise?boundPortObject.cancelled=!0:this.completeUnbind(boundPortObject))}drain(port,graceTimeMs){var _b,_c;this.trace("drain port="+
port+" graceTimeMs="+graceTimeMs);let portUri=this.normalizePort(port),splitPort=(0,uri_parser_1.splitHostPort)(portUri.path);if(splitPort?.port===0)throw new Error(
"Cannot drain port 0");let boundPortObject=this.boundPorts.get((0,uri_parser_1.uriToString)(portUri));if(!boundPortObject)return;let allSessions=new Set;for(let http2Server of boundPortObject.
listeningServers){let serverEntry=this.http2Servers.get(http2Server);if(serverEntry)for(let session of serverEntry.sessions)allSessions.add(session),this.closeSession(
session,()=>{allSessions.delete(session)})}(_c=(_b=setTimeout(()=>{for(let session of allSessions)session.destroy(http2.constants.NGHTTP2_CANCEL)},graceTimeMs)).
unref)===null||_c===void 0||_c.call(_b)}forceShutdown(){for(let boundPortObject of this.boundPorts.values())boundPortObject.cancelled=!0;this.boundPorts.clear();
for(let server of this.http2Servers.keys())this.closeServer(server);this.sessions.forEach((channelzInfo,session)=>{this.closeSession(session),session.destroy(http2.
constants.NGHTTP2_CANCEL)}),this.sessions.clear(),(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.shutdown=!0}register(name,handler,serialize,deserialize,type){
return this.handlers.has(name)?!1:(this.handlers.set(name,{func:handler,serialize,deserialize,type,path:name}),!0)}unregister(name){return this.handlers.delete(
name)}start(){if(this.http2Servers.size===0||[...this.http2Servers.keys()].every(server=>!server.listening))throw new Error("server must be bound in order to st\
art");if(this.started===!0)throw new Error("server is already started");this.started=!0}tryShutdown(callback){var _b;let wrappedCallback=error=>{(0,channelz_1.unregisterChannelzRef)(
this.channelzRef),callback(error)},pendingChecks=0;function maybeCallback(){pendingChecks--,pendingChecks===0&&wrappedCallback()}this.shutdown=!0;for(let[serverKey,
server]of this.http2Servers.entries()){pendingChecks++;let serverString=server.channelzRef.name;this.trace("Waiting for server "+serverString+" to close"),this.
closeServer(serverKey,()=>{this.trace("Server "+serverString+" finished closing"),maybeCallback()});for(let session of server.sessions.keys()){pendingChecks++;let sessionString=(_b=
session.socket)===null||_b===void 0?void 0:_b.remoteAddress;this.trace("Waiting for session "+sessionString+" to close"),this.closeSession(session,()=>{this.trace(
"Session "+sessionString+" finished closing"),maybeCallback()})}}pendingChecks===0&&wrappedCallback()}addHttp2Port(){throw new Error("Not yet implemented")}getChannelzRef(){
return this.channelzRef}_verifyContentType(stream,headers){let contentType=headers[http2.constants.HTTP2_HEADER_CONTENT_TYPE];return typeof contentType!="string"||
!contentType.startsWith("application/grpc")?(stream.respond({[http2.constants.HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE},{endStream:!0}),
!1):!0}_retrieveHandler(path){serverCallTrace("Received call to method "+path+" at address "+this.serverAddressString);let handler=this.handlers.get(path);return handler===
void 0?(serverCallTrace("No handler registered for method "+path+". Sending UNIMPLEMENTED status."),null):handler}_respondWithError(err,stream,channelzSessionInfo=null){
var _b,_c;let trailersToSend=Object.assign({"grpc-status":(_b=err.code)!==null&&_b!==void 0?_b:constants_1.Status.INTERNAL,"grpc-message":err.details,[http2.constants.
HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_OK,[http2.constants.HTTP2_HEADER_CONTENT_TYPE]:"application/grpc+proto"},(_c=err.metadata)===null||_c===void 0?
void 0:_c.toHttp2Headers());stream.respond(trailersToSend,{endStream:!0}),this.callTracker.addCallFailed(),channelzSessionInfo?.streamTracker.addCallFailed()}_channelzHandler(extraInterceptors,stream,headers){
stream.once("error",err=>{}),this.onStreamOpened(stream);let channelzSessionInfo=this.sessions.get(stream.session);if(this.callTracker.addCallStarted(),channelzSessionInfo?.
streamTracker.addCallStarted(),!this._verifyContentType(stream,headers)){this.callTracker.addCallFailed(),channelzSessionInfo?.streamTracker.addCallFailed();return}
let path=headers[HTTP2_HEADER_PATH],handler=this._retrieveHandler(path);if(!handler){this._respondWithError(getUnimplementedStatusResponse(path),stream,channelzSessionInfo);
return}let callEventTracker={addMessageSent:()=>{channelzSessionInfo&&(channelzSessionInfo.messagesSent+=1,channelzSessionInfo.lastMessageSentTimestamp=Date.now())},
addMessageReceived:()=>{channelzSessionInfo&&(channelzSessionInfo.messagesReceived+=1,channelzSessionInfo.lastMessageReceivedTimestamp=Date.now())},onCallEnd:status=>{
status.code===constants_1.Status.OK?this.callTracker.addCallSucceeded():this.callTracker.addCallFailed()},onStreamEnd:success=>{channelzSessionInfo&&(success?channelzSessionInfo.
streamTracker.addCallSucceeded():channelzSessionInfo.streamTracker.addCallFailed())}},call=(0,server_interceptors_1.getServerInterceptingCall)([...extraInterceptors,
...this.interceptors],stream,headers,callEventTracker,handler,this.options);this._runHandlerForCall(call,handler)||(this.callTracker.addCallFailed(),channelzSessionInfo?.
streamTracker.addCallFailed(),call.sendStatus({code:constants_1.Status.INTERNAL,details:`Unknown handler type: ${handler.type}`}))}_streamHandler(extraInterceptors,stream,headers){
if(stream.once("error",err=>{}),this.onStreamOpened(stream),this._verifyContentType(stream,headers)!==!0)return;let path=headers[HTTP2_HEADER_PATH],handler=this.
_retrieveHandler(path);if(!handler){this._respondWithError(getUnimplementedStatusResponse(path),stream,null);return}let call=(0,server_interceptors_1.getServerInterceptingCall)(
[...extraInterceptors,...this.interceptors],stream,headers,null,handler,this.options);this._runHandlerForCall(call,handler)||call.sendStatus({code:constants_1.Status.
INTERNAL,details:`Unknown handler type: ${handler.type}`})}_runHandlerForCall(call,handler){let{type}=handler;if(type==="unary")handleUnary(call,handler);else if(type===
"clientStream")handleClientStreaming(call,handler);else if(type==="serverStream")handleServerStreaming(call,handler);else if(type==="bidi")handleBidiStreaming(call,
handler);else return!1;return!0}_setupHandlers(http2Server,extraInterceptors){if(http2Server===null)return;let serverAddress=http2Server.address(),serverAddressString="\
null";serverAddress&&(typeof serverAddress=="string"?serverAddressString=serverAddress:serverAddressString=serverAddress.address+":"+serverAddress.port),this.serverAddressString=
serverAddressString;let handler=this.channelzEnabled?this._channelzHandler:this._streamHandler,sessionHandler=this.channelzEnabled?this._channelzSessionHandler(
http2Server):this._sessionHandler(http2Server);http2Server.on("stream",handler.bind(this,extraInterceptors)),http2Server.on("session",sessionHandler)}_sessionHandler(http2Server){
return session=>{var _b,_c;(_b=this.http2Servers.get(http2Server))===null||_b===void 0||_b.sessions.add(session);let connectionAgeTimer=null,connectionAgeGraceTimer=null,
keepaliveTimer=null,sessionClosedByServer=!1,idleTimeoutObj=this.enableIdleTimeout(session);if(this.maxConnectionAgeMs!==UNLIMITED_CONNECTION_AGE_MS){let jitterMagnitude=this.
maxConnectionAgeMs/10,jitter=Math.random()*jitterMagnitude*2-jitterMagnitude;connectionAgeTimer=setTimeout(()=>{var _b2,_c2;sessionClosedByServer=!0,this.trace(
"Connection dropped by max connection age: "+((_b2=session.socket)===null||_b2===void 0?void 0:_b2.remoteAddress));try{session.goaway(http2.constants.NGHTTP2_NO_ERROR,
~(1<<31),kMaxAge)}catch{session.destroy();return}session.close(),this.maxConnectionAgeGraceMs!==UNLIMITED_CONNECTION_AGE_MS&&(connectionAgeGraceTimer=setTimeout(
()=>{session.destroy()},this.maxConnectionAgeGraceMs),(_c2=connectionAgeGraceTimer.unref)===null||_c2===void 0||_c2.call(connectionAgeGraceTimer))},this.maxConnectionAgeMs+
jitter),(_c=connectionAgeTimer.unref)===null||_c===void 0||_c.call(connectionAgeTimer)}let clearKeepaliveTimeout=()=>{keepaliveTimer&&(clearTimeout(keepaliveTimer),
keepaliveTimer=null)},canSendPing=()=>!session.destroyed&&this.keepaliveTimeMs<KEEPALIVE_MAX_TIME_MS&&this.keepaliveTimeMs>0,sendPing,maybeStartKeepalivePingTimer=()=>{
var _b2;canSendPing()&&(this.keepaliveTrace("Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),keepaliveTimer=setTimeout(()=>{clearKeepaliveTimeout(),sendPing()},
this.keepaliveTimeMs),(_b2=keepaliveTimer.unref)===null||_b2===void 0||_b2.call(keepaliveTimer))};sendPing=()=>{var _b2;if(!canSendPing())return;this.keepaliveTrace(
"Sending ping with timeout "+this.keepaliveTimeoutMs+"ms");let pingSendError="";try{session.ping((err,duration,payload)=>{clearKeepaliveTimeout(),err?(this.keepaliveTrace(
"Ping failed with error: "+err.message),sessionClosedByServer=!0,session.destroy()):(this.keepaliveTrace("Received ping response"),maybeStartKeepalivePingTimer())})||
(pingSendError="Ping returned false")}catch(e){pingSendError=(e instanceof Error?e.message:"")||"Unknown error"}if(pingSendError){this.keepaliveTrace("Ping send\
 failed: "+pingSendError),this.trace("Connection dropped due to ping send error: "+pingSendError),sessionClosedByServer=!0,session.destroy();return}keepaliveTimer=
setTimeout(()=>{clearKeepaliveTimeout(),this.keepaliveTrace("Ping timeout passed without response"),this.trace("Connection dropped by keepalive timeout"),sessionClosedByServer=
!0,session.destroy()},this.keepaliveTimeoutMs),(_b2=keepaliveTimer.unref)===null||_b2===void 0||_b2.call(keepaliveTimer)},maybeStartKeepalivePingTimer(),session.
on("close",()=>{var _b2,_c2;sessionClosedByServer||this.trace(`Connection dropped by client ${(_b2=session.socket)===null||_b2===void 0?void 0:_b2.remoteAddress}`),
connectionAgeTimer&&clearTimeout(connectionAgeTimer),connectionAgeGraceTimer&&clearTimeout(connectionAgeGraceTimer),clearKeepaliveTimeout(),idleTimeoutObj!==null&&
(clearTimeout(idleTimeoutObj.timeout),this.sessionIdleTimeouts.delete(session)),(_c2=this.http2Servers.get(http2Server))===null||_c2===void 0||_c2.sessions.delete(
session)})}}_channelzSessionHandler(http2Server){return session=>{var _b,_c,_d,_e;let channelzRef=(0,channelz_1.registerChannelzSocket)((_c=(_b=session.socket)===
null||_b===void 0?void 0:_b.remoteAddress)!==null&&_c!==void 0?_c:"unknown",this.getChannelzSessionInfo.bind(this,session),this.channelzEnabled),channelzSessionInfo={
ref:channelzRef,streamTracker:new channelz_1.ChannelzCallTracker,messagesSent:0,messagesReceived:0,keepAlivesSent:0,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null};
(_d=this.http2Servers.get(http2Server))===null||_d===void 0||_d.sessions.add(session),this.sessions.set(session,channelzSessionInfo);let clientAddress=`${session.
socket.remoteAddress}:${session.socket.remotePort}`;this.channelzTrace.addTrace("CT_INFO","Connection established by client "+clientAddress),this.trace("Connect\
ion established by client "+clientAddress),this.sessionChildrenTracker.refChild(channelzRef);let connectionAgeTimer=null,connectionAgeGraceTimer=null,keepaliveTimeout=null,
sessionClosedByServer=!1,idleTimeoutObj=this.enableIdleTimeout(session);if(this.maxConnectionAgeMs!==UNLIMITED_CONNECTION_AGE_MS){let jitterMagnitude=this.maxConnectionAgeMs/
10,jitter=Math.random()*jitterMagnitude*2-jitterMagnitude;connectionAgeTimer=setTimeout(()=>{var _b2;sessionClosedByServer=!0,this.channelzTrace.addTrace("CT_IN\
FO","Connection dropped by max connection age from "+clientAddress);try{session.goaway(http2.constants.NGHTTP2_NO_ERROR,~(1<<31),kMaxAge)}catch{session.destroy();
return}session.close(),this.maxConnectionAgeGraceMs!==UNLIMITED_CONNECTION_AGE_MS&&(connectionAgeGraceTimer=setTimeout(()=>{session.destroy()},this.maxConnectionAgeGraceMs),
(_b2=connectionAgeGraceTimer.unref)===null||_b2===void 0||_b2.call(connectionAgeGraceTimer))},this.maxConnectionAgeMs+jitter),(_e=connectionAgeTimer.unref)===null||
_e===void 0||_e.call(connectionAgeTimer)}let clearKeepaliveTimeout=()=>{keepaliveTimeout&&(clearTimeout(keepaliveTimeout),keepaliveTimeout=null)},canSendPing=()=>!session.
destroyed&&this.keepaliveTimeMs<KEEPALIVE_MAX_TIME_MS&&this.keepaliveTimeMs>0,sendPing,maybeStartKeepalivePingTimer=()=>{var _b2;canSendPing()&&(this.keepaliveTrace(
"Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),keepaliveTimeout=setTimeout(()=>{clearKeepaliveTimeout(),sendPing()},this.keepaliveTimeMs),(_b2=keepaliveTimeout.
unref)===null||_b2===void 0||_b2.call(keepaliveTimeout))};sendPing=()=>{var _b2;if(!canSendPing())return;this.keepaliveTrace("Sending ping with timeout "+this.keepaliveTimeoutMs+
"ms");let pingSendError="";try{session.ping((err,duration,payload)=>{clearKeepaliveTimeout(),err?(this.keepaliveTrace("Ping failed with error: "+err.message),this.
channelzTrace.addTrace("CT_INFO","Connection dropped due to error of a ping frame "+err.message+" return in "+duration),sessionClosedByServer=!0,session.destroy()):
(this.keepaliveTrace("Received ping response"),maybeStartKeepalivePingTimer())})||(pingSendError="Ping returned false")}catch(e){pingSendError=(e instanceof Error?
e.message:"")||"Unknown error"}if(pingSendError){this.keepaliveTrace("Ping send failed: "+pingSendError),this.channelzTrace.addTrace("CT_INFO","Connection dropp\
ed due to ping send error: "+pingSendError),sessionClosedByServer=!0,session.destroy();return}channelzSessionInfo.keepAlivesSent+=1,keepaliveTimeout=setTimeout(
()=>{clearKeepaliveTimeout(),this.keepaliveTrace("Ping timeout passed without response"),this.channelzTrace.addTrace("CT_INFO","Connection dropped by keepalive \
timeout from "+clientAddress),sessionClosedByServer=!0,session.destroy()},this.keepaliveTimeoutMs),(_b2=keepaliveTimeout.unref)===null||_b2===void 0||_b2.call(keepaliveTimeout)},
maybeStartKeepalivePingTimer(),session.on("close",()=>{var _b2;sessionClosedByServer||this.channelzTrace.addTrace("CT_INFO","Connection dropped by client "+clientAddress),
this.sessionChildrenTracker.unrefChild(channelzRef),(0,channelz_1.unregisterChannelzRef)(channelzRef),connectionAgeTimer&&clearTimeout(connectionAgeTimer),connectionAgeGraceTimer&&
clearTimeout(connectionAgeGraceTimer),clearKeepaliveTimeout(),idleTimeoutObj!==null&&(clearTimeout(idleTimeoutObj.timeout),this.sessionIdleTimeouts.delete(session)),
(_b2=this.http2Servers.get(http2Server))===null||_b2===void 0||_b2.sessions.delete(session),this.sessions.delete(session)})}}enableIdleTimeout(session){var _b,_c;
if(this.sessionIdleTimeout>=MAX_CONNECTION_IDLE_MS)return null;let idleTimeoutObj={activeStreams:0,lastIdle:Date.now(),onClose:this.onStreamClose.bind(this,session),
timeout:setTimeout(this.onIdleTimeout,this.sessionIdleTimeout,this,session)};(_c=(_b=idleTimeoutObj.timeout).unref)===null||_c===void 0||_c.call(_b),this.sessionIdleTimeouts.
set(session,idleTimeoutObj);let{socket}=session;return this.trace("Enable idle timeout for "+socket.remoteAddress+":"+socket.remotePort),idleTimeoutObj}onIdleTimeout(ctx,session){
let{socket}=session,sessionInfo=ctx.sessionIdleTimeouts.get(session);sessionInfo!==void 0&&sessionInfo.activeStreams===0&&(Date.now()-sessionInfo.lastIdle>=ctx.
sessionIdleTimeout?(ctx.trace("Session idle timeout triggered for "+socket?.remoteAddress+":"+socket?.remotePort+" last idle at "+sessionInfo.lastIdle),ctx.closeSession(
session)):sessionInfo.timeout.refresh())}onStreamOpened(stream){let session=stream.session,idleTimeoutObj=this.sessionIdleTimeouts.get(session);idleTimeoutObj&&
(idleTimeoutObj.activeStreams+=1,stream.once("close",idleTimeoutObj.onClose))}onStreamClose(session){var _b,_c;let idleTimeoutObj=this.sessionIdleTimeouts.get(session);
idleTimeoutObj&&(idleTimeoutObj.activeStreams-=1,idleTimeoutObj.activeStreams===0&&(idleTimeoutObj.lastIdle=Date.now(),idleTimeoutObj.timeout.refresh(),this.trace(
"Session onStreamClose"+((_b=session.socket)===null||_b===void 0?void 0:_b.remoteAddress)+":"+((_c=session.socket)===null||_c===void 0?void 0:_c.remotePort)+" a\
t "+idleTimeoutObj.lastIdle)))}},(()=>{let _metadata=typeof Symbol=="function"&&Symbol.metadata?Object.create(null):void 0;_start_decorators=[deprecate("Calling\
 start() is no longer necessary. It can be safely omitted.")],__esDecorate(_a,null,_start_decorators,{kind:"method",name:"start",static:!1,private:!1,access:{has:obj=>"\
start"in obj,get:obj=>obj.start},metadata:_metadata},null,_instanceExtraInitializers),_metadata&&Object.defineProperty(_a,Symbol.metadata,{enumerable:!0,configurable:!0,
writable:!0,value:_metadata})})(),_a})();exports.Server=Server2;async function handleUnary(call,handler){let stream;function respond(err,value,trailer,flags){if(err){
call.sendStatus((0,server_call_1.serverErrorToStatus)(err,trailer));return}call.sendMessage(value,()=>{call.sendStatus({code:constants_1.Status.OK,details:"OK",
metadata:trailer??null})})}let requestMetadata,requestMessage=null;call.start({onReceiveMetadata(metadata){requestMetadata=metadata,call.startRead()},onReceiveMessage(message){
if(requestMessage){call.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Received a second request message for server streaming method ${handler.path}`,
metadata:null});return}requestMessage=message,call.startRead()},onReceiveHalfClose(){if(!requestMessage){call.sendStatus({code:constants_1.Status.UNIMPLEMENTED,
details:`Received no request message for server streaming method ${handler.path}`,metadata:null});return}stream=new server_call_1.ServerWritableStreamImpl(handler.
path,call,requestMetadata,requestMessage);try{handler.func(stream,respond)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Serv\
er method handler threw error ${err.message}`:details="Unknown error",call.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onCancel(){stream&&
(stream.cancelled=!0,stream.emit("cancelled","cancelled"))}})}function handleClientStreaming(call,handler){let stream;function respond(err,value,trailer,flags){
if(err){call.sendStatus((0,server_call_1.serverErrorToStatus)(err,trailer));return}call.sendMessage(value,()=>{call.sendStatus({code:constants_1.Status.OK,details:"\
OK",metadata:trailer??null})})}call.start({onReceiveMetadata(metadata){stream=new server_call_1.ServerDuplexStreamImpl(handler.path,call,metadata);try{handler.func(
stream,respond)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Server method handler threw error ${err.message}`:details="Unkn\
own error",call.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onReceiveMessage(message){stream.push(message)},onReceiveHalfClose(){stream.
push(null)},onCancel(){stream&&(stream.cancelled=!0,stream.emit("cancelled","cancelled"),stream.destroy())}})}function handleServerStreaming(call,handler){let stream,
requestMetadata,requestMessage=null;call.start({onReceiveMetadata(metadata){requestMetadata=metadata,call.startRead()},onReceiveMessage(message){if(requestMessage){
call.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Received a second request message for server streaming method ${handler.path}`,metadata:null});return}
requestMessage=message,call.startRead()},onReceiveHalfClose(){if(!requestMessage){call.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Received no re\
quest message for server streaming method ${handler.path}`,metadata:null});return}stream=new server_call_1.ServerWritableStreamImpl(handler.path,call,requestMetadata,
requestMessage);try{handler.func(stream)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Server method handler threw error ${err.
message}`:details="Unknown error",call.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onCancel(){stream&&(stream.cancelled=!0,stream.emit(
"cancelled","cancelled"),stream.destroy())}})}function handleBidiStreaming(call,handler){let stream;call.start({onReceiveMetadata(metadata){stream=new server_call_1.
ServerDuplexStreamImpl(handler.path,call,metadata);try{handler.func(stream)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Ser\
ver method handler threw error ${err.message}`:details="Unknown error",call.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onReceiveMessage(message){
stream.push(message)},onReceiveHalfClose(){stream.push(null)},onCancel(){stream&&(stream.cancelled=!0,stream.emit("cancelled","cancelled"),stream.destroy())}})}}});var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function combineErrors(errors){let[first,second]=errors;return first&&!second?first:new KitErrors(errors)}function reasonOf(thrown){return thrown instanceof
Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"code"in thrown?thrown.code:void 0;return typeof code==
"string"?code:void 0}var all=process.getBuiltinModule("node:util");var getSystemErrorMap=all.getSystemErrorMap;var parseArgs=all.parseArgs;var all2=process.getBuiltinModule("node:fs");var existsSync=all2.existsSync;var mkdirSync=all2.mkdirSync;var readFileSync=all2.readFileSync;var renameSync=all2.renameSync;var statSync=all2.statSync;var writeFileSync=all2.writeFileSync;var writeSync=all2.writeSync;var all3=process.getBuiltinModule("node:path");var join=all3.join;var dirname=all3.dirname;var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
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
""?" up":""} to ${max}`}function readJson(check,text){try{return check(JSON.parse(text))}catch(thrown){throw thrown instanceof SyntaxError?new Unfit("not JSON"):
new Unfit(thrown instanceof Error?thrown.message:String(thrown))}}var flagOf=name=>`--${name.replace(/[A-Z]/g,letter=>`-${letter.toLowerCase()}`)}`;function settle(table2,flags,sources){let errors=[],values={};for(let[name,row]of Object.
entries(table2)){let given=givenFor(name,row,flags(name),sources);!given&&row.required?errors.push(missing(name,row,sources)):values[name]=given?read(row,given,
errors):fallback(row)}if(errors.length>0)throw combineErrors(errors);return values}function givenFor(name,{env,metadata},texts,sources){if(texts)return{texts,shown:text2=>`${flagOf(
name)} ${quoted(text2)}`};let variable=env===void 0?void 0:sources.env[env];if(variable)return{texts:[variable],shown:text2=>`${env} ${quoted(text2)}`};let text=metadata===
void 0?void 0:metadataText(metadata,sources.folder);if(!(text===void 0||metadata===void 0))return{texts:[text],shown:()=>`"${join(sources.folder,metadata)}"`}}var quoted=text=>JSON.
stringify(text.length>64?`${text.slice(0,64)}\u2026`:text);function read(row,{texts,shown},errors){let values=texts.map(text=>{try{return readValue(row,text)}catch(thrown){
if(!(thrown instanceof Unfit))throw thrown;errors.push(new KitError(`Cannot use ${shown(text)}: ${thrown.message}`,{exitCode:2}));return}});return row.multiple?
values:values.at(-1)}function fallback(row){return row.default!==void 0?row.default:row.multiple?[]:row.type==="boolean"?!1:void 0}function missing(name,{env,metadata,
description},{folder}){let ways=[flagOf(name)];env!==void 0&&ways.push(`${env} in the environment`),metadata!==void 0&&ways.push(`the file "${metadata}" of the \
machine's metadata (in ${folder})`);let what=description===void 0?"":`, ${description},`;return new KitError(`Cannot start: ${flagOf(name)}${what} is missing`,{
hint:`it comes from ${ways.join(", or ")}`,exitCode:2})}function readArguments(table2,options={}){let{args=process.argv.slice(2),env=process.env,folder=metadataFolder()}=options,given=parse(table2,args);return settle(
table2,name=>given.get(name),{env,folder})}function parse(table2,args){let rows=Object.entries(table2),flags=rows.filter(([,row])=>!row.positional),positional=rows.
find(([,row])=>row.positional)?.[0];try{let{values,positionals}=parseArgs({args:[...args],options:Object.fromEntries(flags.map(([name,row])=>[flagName(name),optionOf(
row)])),allowPositionals:positional!==void 0}),given=flags.flatMap(([name])=>{let value=values[flagName(name)];return value===void 0?[]:[[name,[value].flat().map(
String)]]});return positional!==void 0&&positionals.length>0&&given.push([positional,positionals]),new Map(given)}catch(thrown){let[reason]=reasonOf(thrown).split(
". ");throw new KitError(`Cannot read the arguments: ${reason}`,{hint:flags.length>0?`there are ${flags.map(([name])=>flagOf(name)).join(", ")}`:"there are none",
exitCode:2,cause:thrown})}}var flagName=name=>flagOf(name).slice(2),optionOf=({type,multiple})=>({type:type==="boolean"?"boolean":"string",multiple:multiple??!1});function withFields(message,fields){let line=message.replace(/[\n\r]/g,end=>end===`
`?"\\n":"\\r");return Object.keys(fields).length===0?line:`${line} ${json(fields)}`}function json(fields){try{return JSON.stringify(fields,plainValue)}catch{return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key,value])=>[key,
String(value)])))}}function plainValue(_,value){if(typeof value=="bigint")return Number.isSafeInteger(Number(value))?Number(value):String(value);if(!(value instanceof
Error))return value;let{name,message,stack,cause}=value;return{name,message,..."code"in value&&{code:value.code},stack,...cause!==void 0&&{cause}}}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];var levelPrefix=level=>`<${levels.indexOf(level)}>`;function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}var marker="/usr/lib/kit/preload.cjs",inKit=existsSync(marker);function newLogger(marked,write,common={}){let at=level=>(message,fields)=>{let text=withFields(message,{...common,...fields});if(marked)return write(`${levelPrefix(
level)}${text}`);write(`${plainNames[level]??""}${text}`,level==="warning"||level==="err"?2:1)};return{debug:at("debug"),info:at("info"),notice:at("notice"),warn:at(
"warning"),error:at("err"),with:fields=>newLogger(marked,write,{...common,...fields})}}var plainNames={warning:"warning: ",err:"error: "},log=newLogger(inKit,printLine);var readyLine="ready";function ready(){inKit&&log.notice(readyLine)}var all4=process.getBuiltinModule("node:events");var once=all4.once;var getEventListeners=all4.getEventListeners;function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
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
log.error(system.message),printLine(thrown instanceof Error?thrown.stack??String(thrown):`Error: ${String(thrown)}`,2)}var all5=process.getBuiltinModule("node:crypto");var createHash=all5.createHash;var all6=process.getBuiltinModule("node:timers/promises");var setTimeout2=all6.setTimeout;var LogProgress=class{#path;#logId="";#sources=new Map;constructor(path){this.#path=path;try{let{logId,sources}=JSON.parse(readFileSync(path,"utf8"));this.#sources=
new Map(sources),this.#logId=logId}catch{}}get logId(){return this.#logId}get sources(){return this.#sources}begin(logId){logId!==this.#logId&&this.#sources.clear(),
this.#logId=logId}set(source,done){this.#sources.set(source,done)}save(){mkdirSync(dirname(this.#path),{recursive:!0}),writeFileSync(`${this.#path}.new`,JSON.stringify(
{logId:this.#logId,sources:[...this.#sources]})),renameSync(`${this.#path}.new`,this.#path)}};var all7=process.getBuiltinModule("node:net");var connect=all7.connect;var isIP=all7.isIP;var all8=process.getBuiltinModule("node:tls");var connect2=all8.connect;var connectMs=3e4,keepAliveMs=3e4;async function connect3(settings,signal){let{host,port,tls}=settings.server,raw=connect({host,port,noDelay:!0,keepAlive:!0,keepAliveInitialDelay:keepAliveMs}),
stop=AbortSignal.any([signal,AbortSignal.timeout(connectMs)]);try{await eventOrClose(raw,"connect",stop);let stream=tls?connect2({socket:raw,...tlsOptions(settings)}):
raw;return tls&&await eventOrClose(stream,"secureConnect",stop),opened(raw,stream)}catch(thrown){throw raw.destroy(),stop.aborted?new Error("it does not answer"):
thrown}}function tlsOptions({server:{host},ca,cert,key}){return{host,...isIP(host)===0&&{servername:host},...ca!==void 0&&{ca:readPem(ca)},...cert!==void 0&&{cert:readPem(
cert)},...key!==void 0&&{key:readPem(key)},minVersion:"TLSv1.2",rejectUnauthorized:!0}}function readPem(path){try{return readFileSync(path)}catch(cause){throw new KitError(
`Cannot read "${path}"`,{cause})}}async function eventOrClose(socket,event,signal){let abort=new AbortController,stop=AbortSignal.any([signal,abort.signal]),closed=once(
socket,"close",{signal:stop}).then(()=>{throw new Error("the server closed the connection")});try{await Promise.race([once(socket,event,{signal:stop}),closed])}finally{
closed.catch(()=>{}),abort.abort()}}function opened(raw,stream){let closed=new AbortController,end=reason=>{closed.signal.aborted||closed.abort(reason),stream.destroy(),
raw.destroy()};for(let socket of new Set([raw,stream])){socket.on("error",end);for(let event of["end","close"])socket.on(event,()=>end(new Error("the server clo\
sed the connection")))}return stream.resume(),{raw,stream,closed:closed.signal,[Symbol.dispose]:()=>end(new Error("the client closed the connection"))}}var all9=process.getBuiltinModule("node:os");var hostname=all9.hostname;var import_channel=__toESM(require_channel()),import_channel_credentials=__toESM(require_channel_credentials()),import_load_balancer_pick_first=__toESM(require_load_balancer_pick_first()),
import_resolver_uds=__toESM(require_resolver_uds()),import_client=__toESM(require_client()),import_constants=__toESM(require_constants()),import_make_client=__toESM(require_make_client()),
import_metadata2=__toESM(require_metadata()),import_server=__toESM(require_server()),import_server_credentials=__toESM(require_server_credentials()),import_server_interceptors=__toESM(require_server_interceptors()),
credentials={createInsecure:import_channel_credentials.ChannelCredentials.createInsecure};(0,import_resolver_uds.setup)();(0,import_load_balancer_pick_first.setup)();function varint64read(){let buf=this.buf,pos=this.pos,lo=0,hi=0;for(let shift=0;shift<28;shift+=7){let b=buf[pos++];if(lo|=(b&127)<<shift,(b&128)==0){this.pos=pos,
this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}}let middleByte=buf[pos++];if(lo|=(middleByte&15)<<28,hi=(middleByte&112)>>4,(middleByte&128)==
0){this.pos=pos,this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}for(let shift=3;shift<=31;shift+=7){let b=buf[pos++];if(hi|=(b&127)<<shift,(b&128)==
0){this.pos=pos,this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}}throw new Error("invalid varint")}var TWO_PWR_32_DBL=4294967296;function int64FromString(dec){let minus=dec[0]==="-";minus&&(dec=dec.slice(1));let base=1e6,lowBits=0,highBits=0;function add1e6digit(begin,end){
let digit1e6=Number(dec.slice(begin,end));highBits*=base,lowBits=lowBits*base+digit1e6,lowBits>=TWO_PWR_32_DBL&&(highBits=highBits+(lowBits/TWO_PWR_32_DBL|0),lowBits=
lowBits%TWO_PWR_32_DBL)}return add1e6digit(-24,-18),add1e6digit(-18,-12),add1e6digit(-12,-6),add1e6digit(-6),minus?negate(lowBits,highBits):newBits(lowBits,highBits)}
function int64ToString(lo,hi){let bits=newBits(lo,hi),negative=bits.hi&2147483648;negative&&(bits=negate(bits.lo,bits.hi));let result=uInt64ToString(bits.lo,bits.
hi);return negative?"-"+result:result}function uInt64ToString(lo,hi){if({lo,hi}=toUnsigned(lo,hi),hi<=2097151)return String(TWO_PWR_32_DBL*hi+lo);let low=lo&16777215,
mid=(lo>>>24|hi<<8)&16777215,high=hi>>16&65535,digitA=low+mid*6777216+high*6710656,digitB=mid+high*8147497,digitC=high*2,base=1e7;return digitA>=base&&(digitB+=
Math.floor(digitA/base),digitA%=base),digitB>=base&&(digitC+=Math.floor(digitB/base),digitB%=base),digitC.toString()+decimalFrom1e7WithLeadingZeros(digitB)+decimalFrom1e7WithLeadingZeros(
digitA)}function toUnsigned(lo,hi){return{lo:lo>>>0,hi:hi>>>0}}function newBits(lo,hi){return{lo:lo|0,hi:hi|0}}function negate(lowBits,highBits){return highBits=
~highBits,lowBits?lowBits=~lowBits+1:highBits+=1,newBits(lowBits,highBits)}var decimalFrom1e7WithLeadingZeros=digit1e7=>{let partial=String(digit1e7);return"000\
0000".slice(partial.length)+partial};function varint32read(){let b=this.buf[this.pos++];if((b&128)===0)return this.assertBounds(),b;let result=b&127;if(b=this.buf[this.pos++],result|=(b&127)<<7,(b&
128)===0)return this.assertBounds(),result;if(b=this.buf[this.pos++],result|=(b&127)<<14,(b&128)===0)return this.assertBounds(),result;if(b=this.buf[this.pos++],
result|=(b&127)<<21,(b&128)===0)return this.assertBounds(),result;b=this.buf[this.pos++],result|=(b&15)<<28;for(let readBytes=5;(b&128)!==0&&readBytes<10;readBytes++)
b=this.buf[this.pos++];if((b&128)!==0)throw new Error("invalid varint");return this.assertBounds(),result>>>0}var protoInt64=makeInt64Support();function makeInt64Support(){let dv=new DataView(new ArrayBuffer(8));if(typeof BigInt=="function"&&typeof dv.getBigInt64=="func\
tion"&&typeof dv.getBigUint64=="function"&&typeof dv.setBigInt64=="function"&&typeof dv.setBigUint64=="function"&&(!!globalThis.Deno||!!globalThis.Bun||typeof process!=
"object"||typeof process.env!="object"||process.env.BUF_BIGINT_DISABLE!=="1")){let MIN=BigInt("-9223372036854775808"),MAX=BigInt("9223372036854775807"),UMIN=BigInt(
"0"),UMAX=BigInt("18446744073709551615");return{zero:BigInt(0),supported:!0,parse(value){let bi=typeof value=="bigint"?value:BigInt(value);if(bi>MAX||bi<MIN)throw new Error(
`invalid int64: ${value}`);return bi},uParse(value){let bi=typeof value=="bigint"?value:BigInt(value);if(bi>UMAX||bi<UMIN)throw new Error(`invalid uint64: ${value}`);
return bi},enc(value){return dv.setBigInt64(0,this.parse(value),!0),{lo:dv.getInt32(0,!0),hi:dv.getInt32(4,!0)}},uEnc(value){return dv.setBigInt64(0,this.uParse(
value),!0),{lo:dv.getInt32(0,!0),hi:dv.getInt32(4,!0)}},dec(lo,hi){return dv.setInt32(0,lo,!0),dv.setInt32(4,hi,!0),dv.getBigInt64(0,!0)},uDec(lo,hi){return dv.
setInt32(0,lo,!0),dv.setInt32(4,hi,!0),dv.getBigUint64(0,!0)}}}return{zero:"0",supported:!1,parse(value){return typeof value!="string"&&(value=value.toString()),
assertInt64String(value),value},uParse(value){return typeof value!="string"&&(value=value.toString()),assertUInt64String(value),value},enc(value){return typeof value!=
"string"&&(value=value.toString()),assertInt64String(value),int64FromString(value)},uEnc(value){return typeof value!="string"&&(value=value.toString()),assertUInt64String(
value),int64FromString(value)},dec(lo,hi){return int64ToString(lo,hi)},uDec(lo,hi){return uInt64ToString(lo,hi)}}}function assertInt64String(value){if(!/^-?[0-9]+$/.
test(value))throw new Error("invalid int64: "+value)}function assertUInt64String(value){if(!/^[0-9]+$/.test(value))throw new Error("invalid uint64: "+value)}var te;function configureTextEncoding(textEncoding){var _a;te=Object.assign(Object.assign({},textEncoding),{encodeUtf8Into:(_a=textEncoding.encodeUtf8Into)!==null&&
_a!==void 0?_a:emulateEncodeInto(textEncoding.encodeUtf8.bind(textEncoding))})}function getTextEncoding(){if(!te){let globals=globalThis;if(!globals.TextEncoder||
!globals.TextDecoder)throw new Error("encoding API missing: install TextEncoder and TextDecoder on globalThis");let textEncoder=new globals.TextEncoder,textDecoder=new globals.
TextDecoder("utf-8",{ignoreBOM:!0}),textDecoderStrict,config={encodeUtf8(text){return textEncoder.encode(text)},decodeUtf8(bytes,strict){return strict?(textDecoderStrict||
(textDecoderStrict=new globals.TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0})),textDecoderStrict.decode(bytes)):textDecoder.decode(bytes)},checkUtf8(text){try{return encodeURIComponent(
text),!0}catch{return!1}}};textEncoder.encodeInto&&(config.encodeUtf8Into=textEncoder.encodeInto.bind(textEncoder));let nativeStringIsWellFormed=String.prototype.
isWellFormed;nativeStringIsWellFormed&&(config.checkUtf8=text=>nativeStringIsWellFormed.call(text)),configureTextEncoding(config)}return te}function emulateEncodeInto(encodeUtf8){
return(text,dest)=>{let bytes=encodeUtf8(text);return dest.set(bytes),{written:bytes.byteLength}}}var WireType;(function(WireType2){WireType2[WireType2.Varint=0]="Varint",WireType2[WireType2.Bit64=1]="Bit64",WireType2[WireType2.LengthDelimited=2]="LengthDeli\
mited",WireType2[WireType2.StartGroup=3]="StartGroup",WireType2[WireType2.EndGroup=4]="EndGroup",WireType2[WireType2.Bit32=5]="Bit32"})(WireType||(WireType={}));var UINT32_MAX=4294967295,INT32_MAX=2147483647,INT32_MIN=-2147483648,BinaryWriter=class{constructor(encodeUtf8){this.stackPos=[],this.encodeUtf8Into=encodeUtf8?
emulateEncodeInto(encodeUtf8):getTextEncoding().encodeUtf8Into,this.buffer=EMPTY_BUFFER,this.viewCache=EMPTY_VIEW,this.pos=0}ensureCapacity(size){let required=this.
pos+size;if(required>this.buffer.length){let newLen=this.buffer.length||INITIAL_SIZE;for(;newLen<required;)newLen*=2;let newBuf=new Uint8Array(newLen);this.pos>
0&&newBuf.set(this.buffer),this.buffer=newBuf}}view(){let bytes=this.buffer,view=this.viewCache;if(view.byteLength===bytes.byteLength)return view;let newView=new DataView(
bytes.buffer);return this.viewCache=newView,newView}finish(){let result=this.buffer.slice(0,this.pos);return this.pos=0,this.stackPos=[],result}fork(){return this.
stackPos.push(this.pos),this.ensureCapacity(DEFAULT_LEN_PREFIX_SIZE),this.buffer[this.pos++]=0,this}join(){let forkPos=this.stackPos.pop();if(forkPos===void 0)throw new Error(
"invalid state, fork stack empty");let len=this.pos-forkPos-DEFAULT_LEN_PREFIX_SIZE,lenPrefixSize=varint32Size(len);return lenPrefixSize>DEFAULT_LEN_PREFIX_SIZE&&
(this.ensureCapacity(lenPrefixSize-DEFAULT_LEN_PREFIX_SIZE),this.buffer.copyWithin(forkPos+lenPrefixSize,forkPos+DEFAULT_LEN_PREFIX_SIZE,this.pos)),this.pos=forkPos,
this.uint32(len),this.pos+=len,this}tag(fieldNo,type){return this.uint32((fieldNo<<3|type)>>>0)}raw(chunk){return this.ensureCapacity(chunk.length),this.buffer.
set(chunk,this.pos),this.pos+=chunk.length,this}uint32(value){if(assertUInt32(value),this.ensureCapacity(5),value<128)return this.buffer[this.pos++]=value,this;
for(;value>127;)this.buffer[this.pos++]=value&127|128,value>>>=7;return this.buffer[this.pos++]=value,this}int32(value){if(assertInt32(value),value>=0)return this.
uint32(value);this.ensureCapacity(10);for(let i=0;i<9;i++)this.buffer[this.pos++]=value&127|128,value>>=7;return this.buffer[this.pos++]=1,this}bool(value){return this.
ensureCapacity(1),this.buffer[this.pos++]=value?1:0,this}bytes(value){return this.uint32(value.byteLength),this.raw(value)}string(value){typeof value!="string"&&
(value=String(value));let len=value.length;if(len<=ASCII_MAX_LENGTH){this.ensureCapacity(len+1);let ascii=this.buffer,pos=this.pos;ascii[pos++]=len;let i=0;for(;i<
len;i++){let code=value.charCodeAt(i);if(code>127)break;ascii[pos++]=code}if(i==len)return this.pos=pos,this}this.ensureCapacity(len*3+5);let lenPrefixSizeGuess=varint32Size(
len),buf=this.buffer,start=this.pos,{written}=this.encodeUtf8Into(value,buf.subarray(start+lenPrefixSizeGuess)),lenPrefixSize=varint32Size(written);return lenPrefixSize!=
lenPrefixSizeGuess&&buf.copyWithin(start+lenPrefixSize,start+lenPrefixSizeGuess,start+lenPrefixSizeGuess+written),this.uint32(written),this.pos+=written,this}float(value){
return assertFloat32(value),this.ensureCapacity(4),this.view().setFloat32(this.pos,value,!0),this.pos+=4,this}double(value){return this.ensureCapacity(8),this.view().
setFloat64(this.pos,value,!0),this.pos+=8,this}fixed32(value){return assertUInt32(value),this.ensureCapacity(4),this.view().setUint32(this.pos,value,!0),this.pos+=
4,this}sfixed32(value){return assertInt32(value),this.ensureCapacity(4),this.view().setInt32(this.pos,value,!0),this.pos+=4,this}sint32(value){return assertInt32(
value),this.uint32((value<<1^value>>31)>>>0)}sfixed64(value){let tc=protoInt64.enc(value);this.ensureCapacity(8);let view=this.view();return view.setInt32(this.
pos,tc.lo,!0),view.setInt32(this.pos+4,tc.hi,!0),this.pos+=8,this}fixed64(value){let tc=protoInt64.uEnc(value);this.ensureCapacity(8);let view=this.view();return view.
setInt32(this.pos,tc.lo,!0),view.setInt32(this.pos+4,tc.hi,!0),this.pos+=8,this}int64(value){let tc=protoInt64.enc(value);return this.writeVarint64(tc.lo,tc.hi)}sint64(value){
let tc=protoInt64.enc(value),sign=tc.hi>>31,lo=tc.lo<<1^sign,hi=(tc.hi<<1|tc.lo>>>31)^sign;return this.writeVarint64(lo,hi)}uint64(value){let tc=protoInt64.uEnc(
value);return this.writeVarint64(tc.lo,tc.hi)}writeVarint64(lo,hi){this.ensureCapacity(10);let buf=this.buffer,pos=this.pos;for(let i=0;i<28;i=i+7){let shift=lo>>>
i,hasNext=!(!(shift>>>7)&&hi==0);if(buf[pos++]=(hasNext?shift|128:shift)&255,!hasNext)return this.pos=pos,this}let splitBits=lo>>>28&15|(hi&7)<<4,hasMoreBits=hi>>
3!=0;if(buf[pos++]=(hasMoreBits?splitBits|128:splitBits)&255,!hasMoreBits)return this.pos=pos,this;for(let i=3;i<31;i=i+7){let shift=hi>>>i,hasNext=!!(shift>>>7);
if(buf[pos++]=(hasNext?shift|128:shift)&255,!hasNext)return this.pos=pos,this}return buf[pos++]=hi>>>31&1,this.pos=pos,this}},INITIAL_SIZE=128,DEFAULT_LEN_PREFIX_SIZE=1,
EMPTY_BUFFER=new Uint8Array(0),EMPTY_VIEW=new DataView(EMPTY_BUFFER.buffer),ASCII_MAX_LENGTH=32;function varint32Size(value){return value<128?1:value<16384?2:value<
2097152?3:value<268435456?4:5}var BinaryReader=class{constructor(buf,decodeUtf8=getTextEncoding().decodeUtf8){this.decodeUtf8=decodeUtf8,this.varint64Lo=0,this.
varint64Hi=0,this.varint64=varint64read,this.uint32=varint32read,this.buf=buf,this.len=buf.length,this.pos=0,this.view=new DataView(buf.buffer,buf.byteOffset,buf.
byteLength)}tag(){let start=this.pos,tag=this.uint32(),bytesRead=this.pos-start;if(bytesRead>5||bytesRead==5&&this.buf[this.pos-1]>15)throw new Error("illegal t\
ag: varint overflows uint32");let fieldNo=tag>>>3,wireType=tag&7;if(fieldNo<=0||wireType>5)throw new Error("illegal tag: field no "+fieldNo+" wire type "+wireType);
return[fieldNo,wireType]}skip(wireType,fieldNo,recursionLimit=100){let start=this.pos;switch(wireType){case WireType.Varint:for(;this.buf[this.pos++]&128;);break;case WireType.
Bit64:this.pos+=4;case WireType.Bit32:this.pos+=4;break;case WireType.LengthDelimited:let len=this.uint32();this.pos+=len;break;case WireType.StartGroup:if(recursionLimit<=
0)throw new Error("maximum recursion depth reached");for(;;){let[fn,wt]=this.tag();if(wt===WireType.EndGroup){if(fieldNo!==void 0&&fn!==fieldNo)throw new Error(
"invalid end group tag");break}this.skip(wt,fn,recursionLimit-1)}break;default:throw new Error("cant skip wire type "+wireType)}return this.assertBounds(),this.
buf.subarray(start,this.pos)}assertBounds(){if(this.pos>this.len)throw new RangeError("premature EOF")}int32(){return this.uint32()|0}sint32(){let zze=this.uint32();
return zze>>>1^-(zze&1)}int64(){return this.varint64(),protoInt64.dec(this.varint64Lo,this.varint64Hi)}uint64(){return this.varint64(),protoInt64.uDec(this.varint64Lo,
this.varint64Hi)}sint64(){this.varint64();let lo=this.varint64Lo,hi=this.varint64Hi,s=-(lo&1);return lo=(lo>>>1|(hi&1)<<31)^s,hi=hi>>>1^s,protoInt64.dec(lo,hi)}bool(){
let b=this.buf[this.pos];return b<128?(this.pos++,b!==0):(this.varint64(),this.varint64Lo!==0||this.varint64Hi!==0)}fixed32(){return this.view.getUint32((this.pos+=
4)-4,!0)}sfixed32(){return this.view.getInt32((this.pos+=4)-4,!0)}fixed64(){return protoInt64.uDec(this.sfixed32(),this.sfixed32())}sfixed64(){return protoInt64.
dec(this.sfixed32(),this.sfixed32())}float(){return this.view.getFloat32((this.pos+=4)-4,!0)}double(){return this.view.getFloat64((this.pos+=8)-8,!0)}bytes(){let len=this.
uint32(),start=this.pos;return this.pos+=len,this.assertBounds(),this.buf.subarray(start,start+len)}string(strict){let len=this.uint32(),start=this.pos;this.pos+=
len,this.assertBounds();let buf=this.buf;if(len<=ASCII_MAX_LENGTH){let codes=new Array(len);for(let i=0;i<len;i++){let byte=buf[start+i];if(byte>127)return this.
decodeUtf8(buf.subarray(start,this.pos),strict);codes[i]=byte}return String.fromCharCode.apply(String,codes)}return this.decodeUtf8(buf.subarray(start,this.pos),
strict)}};function assertInt32(arg){if(typeof arg=="string")arg=Number(arg);else if(typeof arg!="number")throw new Error("invalid int32: "+typeof arg);if(!Number.
isInteger(arg)||arg>INT32_MAX||arg<INT32_MIN)throw new Error("invalid int32: "+arg)}function assertUInt32(arg){if(typeof arg=="string")arg=Number(arg);else if(typeof arg!=
"number")throw new Error("invalid uint32: "+typeof arg);if(!Number.isInteger(arg)||arg>UINT32_MAX||arg<0)throw new Error("invalid uint32: "+arg)}function assertFloat32(arg){
if(typeof arg=="string"){let o=arg;if(arg=Number(arg),Number.isNaN(arg)&&o!=="NaN")throw new Error("invalid float32: "+o)}else if(typeof arg!="number")throw new Error(
"invalid float32: "+typeof arg);if(!Number.isFinite(Math.fround(arg))&&Number.isFinite(arg))throw new Error("invalid float32: "+arg)}function createBaseStatusRequest(){return{}}var StatusRequest={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseStatusRequest();
for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseStatusReply(){return{hostname:"",uptimeS:0,memoryTotal:0n,memoryAvailable:0n,services:[],kernelRelease:"",bootId:"",cpuUsec:0n,cpus:0}}var StatusReply={
encode(message,writer=new BinaryWriter){if(message.hostname!==""&&writer.uint32(10).string(message.hostname),message.uptimeS!==0&&writer.uint32(17).double(message.
uptimeS),message.memoryTotal!==0n){if(BigInt.asUintN(64,message.memoryTotal)!==message.memoryTotal)throw new globalThis.Error("value provided for field message.\
memoryTotal of type uint64 too large");writer.uint32(24).uint64(message.memoryTotal)}if(message.memoryAvailable!==0n){if(BigInt.asUintN(64,message.memoryAvailable)!==
message.memoryAvailable)throw new globalThis.Error("value provided for field message.memoryAvailable of type uint64 too large");writer.uint32(32).uint64(message.
memoryAvailable)}for(let v of message.services)Service.encode(v,writer.uint32(42).fork()).join();if(message.kernelRelease!==""&&writer.uint32(50).string(message.
kernelRelease),message.bootId!==""&&writer.uint32(58).string(message.bootId),message.cpuUsec!==0n){if(BigInt.asUintN(64,message.cpuUsec)!==message.cpuUsec)throw new globalThis.
Error("value provided for field message.cpuUsec of type uint64 too large");writer.uint32(64).uint64(message.cpuUsec)}return message.cpus!==0&&writer.uint32(72).
uint32(message.cpus),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseStatusReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.hostname=reader.string();continue}case 2:{if(tag!==17)break;message.uptimeS=reader.double();continue}case 3:{if(tag!==24)break;message.memoryTotal=
reader.uint64();continue}case 4:{if(tag!==32)break;message.memoryAvailable=reader.uint64();continue}case 5:{if(tag!==42)break;message.services.push(Service.decode(
reader,reader.uint32()));continue}case 6:{if(tag!==50)break;message.kernelRelease=reader.string();continue}case 7:{if(tag!==58)break;message.bootId=reader.string();
continue}case 8:{if(tag!==64)break;message.cpuUsec=reader.uint64();continue}case 9:{if(tag!==72)break;message.cpus=reader.uint32();continue}}if((tag&7)===4||tag===
0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseService(){return{name:"",section:"",state:"",
restarts:0,pid:0,lastExit:"",memoryBytes:0n,memoryLimitBytes:0n,cpuUsec:0n,processes:0,ageS:0,health:"",healthAgeS:0,healthFalls:0,crashLoop:!1,oomKills:0}}var Service={
encode(message,writer=new BinaryWriter){if(message.name!==""&&writer.uint32(10).string(message.name),message.section!==""&&writer.uint32(18).string(message.section),
message.state!==""&&writer.uint32(26).string(message.state),message.restarts!==0&&writer.uint32(32).uint32(message.restarts),message.pid!==0&&writer.uint32(40).
uint32(message.pid),message.lastExit!==""&&writer.uint32(50).string(message.lastExit),message.memoryBytes!==0n){if(BigInt.asUintN(64,message.memoryBytes)!==message.
memoryBytes)throw new globalThis.Error("value provided for field message.memoryBytes of type uint64 too large");writer.uint32(56).uint64(message.memoryBytes)}if(message.
memoryLimitBytes!==0n){if(BigInt.asUintN(64,message.memoryLimitBytes)!==message.memoryLimitBytes)throw new globalThis.Error("value provided for field message.me\
moryLimitBytes of type uint64 too large");writer.uint32(64).uint64(message.memoryLimitBytes)}if(message.cpuUsec!==0n){if(BigInt.asUintN(64,message.cpuUsec)!==message.
cpuUsec)throw new globalThis.Error("value provided for field message.cpuUsec of type uint64 too large");writer.uint32(72).uint64(message.cpuUsec)}return message.
processes!==0&&writer.uint32(80).uint32(message.processes),message.ageS!==0&&writer.uint32(89).double(message.ageS),message.health!==""&&writer.uint32(98).string(
message.health),message.healthAgeS!==0&&writer.uint32(105).double(message.healthAgeS),message.healthFalls!==0&&writer.uint32(112).uint32(message.healthFalls),message.
crashLoop!==!1&&writer.uint32(120).bool(message.crashLoop),message.oomKills!==0&&writer.uint32(128).uint32(message.oomKills),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseService();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.name=reader.string();continue}case 2:{if(tag!==18)break;message.
section=reader.string();continue}case 3:{if(tag!==26)break;message.state=reader.string();continue}case 4:{if(tag!==32)break;message.restarts=reader.uint32();continue}case 5:{
if(tag!==40)break;message.pid=reader.uint32();continue}case 6:{if(tag!==50)break;message.lastExit=reader.string();continue}case 7:{if(tag!==56)break;message.memoryBytes=
reader.uint64();continue}case 8:{if(tag!==64)break;message.memoryLimitBytes=reader.uint64();continue}case 9:{if(tag!==72)break;message.cpuUsec=reader.uint64();continue}case 10:{
if(tag!==80)break;message.processes=reader.uint32();continue}case 11:{if(tag!==89)break;message.ageS=reader.double();continue}case 12:{if(tag!==98)break;message.
health=reader.string();continue}case 13:{if(tag!==105)break;message.healthAgeS=reader.double();continue}case 14:{if(tag!==112)break;message.healthFalls=reader.uint32();
continue}case 15:{if(tag!==120)break;message.crashLoop=reader.bool();continue}case 16:{if(tag!==128)break;message.oomKills=reader.uint32();continue}}if((tag&7)===
4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseIncidentsRequest(){return{service:""}}
var IncidentsRequest={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseIncidentsRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseIncidentsReply(){
return{incidents:[],bootId:""}}var IncidentsReply={encode(message,writer=new BinaryWriter){for(let v of message.incidents)Incident.encode(v,writer.uint32(10).fork()).
join();return message.bootId!==""&&writer.uint32(18).string(message.bootId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseIncidentsReply();for(;reader.pos<
end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.incidents.push(Incident.decode(reader,reader.uint32()));continue}case 2:{if(tag!==
18)break;message.bootId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseIncident(){return{service:"",what:"",firstMs:0n,lastMs:0n,count:0,lines:[],stack:[],bootId:""}}var Incident={encode(message,writer=new BinaryWriter){
if(message.service!==""&&writer.uint32(10).string(message.service),message.what!==""&&writer.uint32(18).string(message.what),message.firstMs!==0n){if(BigInt.asUintN(
64,message.firstMs)!==message.firstMs)throw new globalThis.Error("value provided for field message.firstMs of type uint64 too large");writer.uint32(24).uint64(message.
firstMs)}if(message.lastMs!==0n){if(BigInt.asUintN(64,message.lastMs)!==message.lastMs)throw new globalThis.Error("value provided for field message.lastMs of ty\
pe uint64 too large");writer.uint32(32).uint64(message.lastMs)}message.count!==0&&writer.uint32(40).uint32(message.count);for(let v of message.lines)LogLine.encode(
v,writer.uint32(50).fork()).join();for(let v of message.stack)writer.uint32(58).string(v);return message.bootId!==""&&writer.uint32(66).string(message.bootId),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseIncident();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.
string();continue}case 2:{if(tag!==18)break;message.what=reader.string();continue}case 3:{if(tag!==24)break;message.firstMs=reader.uint64();continue}case 4:{if(tag!==
32)break;message.lastMs=reader.uint64();continue}case 5:{if(tag!==40)break;message.count=reader.uint32();continue}case 6:{if(tag!==50)break;message.lines.push(LogLine.
decode(reader,reader.uint32()));continue}case 7:{if(tag!==58)break;message.stack.push(reader.string());continue}case 8:{if(tag!==66)break;message.bootId=reader.
string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseReportRequest(){
return{}}var ReportRequest={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportRequest();for(;reader.pos<
end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseReportReply(){return{parts:[]}}var ReportReply={encode(message,writer=new BinaryWriter){for(let v of message.parts)ReportPart.encode(v,writer.
uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.parts.push(ReportPart.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseReportPart(){return{name:"",text:""}}var ReportPart={encode(message,writer=new BinaryWriter){
return message.name!==""&&writer.uint32(10).string(message.name),message.text!==""&&writer.uint32(18).string(message.text),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportPart();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.name=reader.string();continue}case 2:{if(tag!==18)break;message.
text=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLogsRequest(){
return{services:[],follow:!1,tail:0,sinceMs:0n,all:!1,after:[],logId:""}}var LogsRequest={encode(message,writer=new BinaryWriter){for(let v of message.services)
writer.uint32(10).string(v);if(message.follow!==!1&&writer.uint32(16).bool(message.follow),message.tail!==0&&writer.uint32(24).uint32(message.tail),message.sinceMs!==
0n){if(BigInt.asUintN(64,message.sinceMs)!==message.sinceMs)throw new globalThis.Error("value provided for field message.sinceMs of type uint64 too large");writer.
uint32(32).uint64(message.sinceMs)}message.all!==!1&&writer.uint32(40).bool(message.all);for(let v of message.after)LogPosition.encode(v,writer.uint32(50).fork()).
join();return message.logId!==""&&writer.uint32(58).string(message.logId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogsRequest();for(;reader.pos<end;){
let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.services.push(reader.string());continue}case 2:{if(tag!==16)break;message.follow=reader.
bool();continue}case 3:{if(tag!==24)break;message.tail=reader.uint32();continue}case 4:{if(tag!==32)break;message.sinceMs=reader.uint64();continue}case 5:{if(tag!==
40)break;message.all=reader.bool();continue}case 6:{if(tag!==50)break;message.after.push(LogPosition.decode(reader,reader.uint32()));continue}case 7:{if(tag!==58)
break;message.logId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLogPosition(){return{source:"",sequence:0n}}var LogPosition={encode(message,writer=new BinaryWriter){if(message.source!==""&&writer.uint32(10).
string(message.source),message.sequence!==0n){if(BigInt.asUintN(64,message.sequence)!==message.sequence)throw new globalThis.Error("value provided for field mes\
sage.sequence of type uint64 too large");writer.uint32(16).uint64(message.sequence)}return writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogPosition();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.source=reader.string();continue}case 2:{if(tag!==16)break;message.
sequence=reader.uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLogLines(){return{lines:[],logId:"",after:[]}}var LogLines={encode(message,writer=new BinaryWriter){for(let v of message.lines)LogLine.encode(
v,writer.uint32(10).fork()).join();message.logId!==""&&writer.uint32(18).string(message.logId);for(let v of message.after)LogPosition.encode(v,writer.uint32(26).
fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogLines();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.lines.push(LogLine.decode(reader,reader.uint32()));continue}case 2:{if(tag!==18)break;message.logId=reader.string();continue}case 3:{if(tag!==26)
break;message.after.push(LogPosition.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseLogLine(){return{timeMs:0n,source:"",stream:"",message:"",pid:0,sequence:0n,missed:0n}}var LogLine={encode(message,writer=new BinaryWriter){
if(message.timeMs!==0n){if(BigInt.asUintN(64,message.timeMs)!==message.timeMs)throw new globalThis.Error("value provided for field message.timeMs of type uint64\
 too large");writer.uint32(8).uint64(message.timeMs)}if(message.source!==""&&writer.uint32(18).string(message.source),message.stream!==""&&writer.uint32(26).string(
message.stream),message.message!==""&&writer.uint32(34).string(message.message),message.pid!==0&&writer.uint32(40).uint32(message.pid),message.sequence!==0n){if(BigInt.
asUintN(64,message.sequence)!==message.sequence)throw new globalThis.Error("value provided for field message.sequence of type uint64 too large");writer.uint32(48).
uint64(message.sequence)}if(message.missed!==0n){if(BigInt.asUintN(64,message.missed)!==message.missed)throw new globalThis.Error("value provided for field mess\
age.missed of type uint64 too large");writer.uint32(56).uint64(message.missed)}return writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogLine();for(;reader.
pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.timeMs=reader.uint64();continue}case 2:{if(tag!==18)break;message.source=reader.
string();continue}case 3:{if(tag!==26)break;message.stream=reader.string();continue}case 4:{if(tag!==34)break;message.message=reader.string();continue}case 5:{if(tag!==
40)break;message.pid=reader.uint32();continue}case 6:{if(tag!==48)break;message.sequence=reader.uint64();continue}case 7:{if(tag!==56)break;message.missed=reader.
uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseServiceRequest(){
return{service:""}}var ServiceRequest={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseServiceRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseServiceReply(){
return{service:void 0}}var ServiceReply={encode(message,writer=new BinaryWriter){return message.service!==void 0&&Service.encode(message.service,writer.uint32(10).
fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseServiceReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.service=Service.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseExecInput(){return{start:void 0,stdin:void 0,stdinEnd:void 0,resize:void 0,signal:void 0}}var ExecInput={encode(message,writer=new BinaryWriter){
return message.start!==void 0&&ExecStart.encode(message.start,writer.uint32(10).fork()).join(),message.stdin!==void 0&&writer.uint32(18).bytes(message.stdin),message.
stdinEnd!==void 0&&writer.uint32(24).bool(message.stdinEnd),message.resize!==void 0&&Window.encode(message.resize,writer.uint32(34).fork()).join(),message.signal!==
void 0&&writer.uint32(42).string(message.signal),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseExecInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.start=ExecStart.decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.stdin=reader.bytes();continue}case 3:{if(tag!==24)break;
message.stdinEnd=reader.bool();continue}case 4:{if(tag!==34)break;message.resize=Window.decode(reader,reader.uint32());continue}case 5:{if(tag!==42)break;message.
signal=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecStart(){
return{service:"",command:[],terminal:void 0,term:"",image:void 0}}var ExecStart={encode(message,writer=new BinaryWriter){message.service!==""&&writer.uint32(10).
string(message.service);for(let v of message.command)writer.uint32(18).string(v);return message.terminal!==void 0&&Window.encode(message.terminal,writer.uint32(
26).fork()).join(),message.term!==""&&writer.uint32(34).string(message.term),message.image!==void 0&&DebugImage.encode(message.image,writer.uint32(42).fork()).join(),
writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseExecStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.
string();continue}case 2:{if(tag!==18)break;message.command.push(reader.string());continue}case 3:{if(tag!==26)break;message.terminal=Window.decode(reader,reader.
uint32());continue}case 4:{if(tag!==34)break;message.term=reader.string();continue}case 5:{if(tag!==42)break;message.image=DebugImage.decode(reader,reader.uint32());
continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugImage(){
return{layers:[],env:[]}}var DebugImage={encode(message,writer=new BinaryWriter){for(let v of message.layers)Layer.encode(v,writer.uint32(10).fork()).join();for(let v of message.
env)writer.uint32(18).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDebugImage();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.layers.push(Layer.decode(reader,reader.uint32()));continue}case 2:{if(tag!==18)break;message.env.push(reader.string());continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayer(){return{id:"",digest:"",
bytes:0n}}var Layer={encode(message,writer=new BinaryWriter){if(message.id!==""&&writer.uint32(10).string(message.id),message.digest!==""&&writer.uint32(18).string(
message.digest),message.bytes!==0n){if(BigInt.asUintN(64,message.bytes)!==message.bytes)throw new globalThis.Error("value provided for field message.bytes of ty\
pe uint64 too large");writer.uint32(24).uint64(message.bytes)}return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayer();for(;reader.pos<end;){let tag=reader.
uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}case 2:{if(tag!==18)break;message.digest=reader.string();continue}case 3:{
if(tag!==24)break;message.bytes=reader.uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLayersRequest(){return{layers:[]}}var LayersRequest={encode(message,writer=new BinaryWriter){for(let v of message.layers)Layer.encode(v,writer.
uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayersRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.layers.push(Layer.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayersReply(){return{missing:[]}}var LayersReply={encode(message,writer=new BinaryWriter){for(let v of message.
missing)writer.uint32(10).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayersReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.missing.push(reader.string());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseLayerInput(){return{start:void 0,data:void 0}}var LayerInput={encode(message,writer=new BinaryWriter){return message.
start!==void 0&&Layer.encode(message.start,writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseLayerInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=Layer.decode(reader,reader.
uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayerReply(){return{}}var LayerReply={encode(_,writer=new BinaryWriter){return writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseLayerReply();for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseWindow(){return{rows:0,columns:0}}var Window={encode(message,writer=new BinaryWriter){return message.
rows!==0&&writer.uint32(8).uint32(message.rows),message.columns!==0&&writer.uint32(16).uint32(message.columns),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseWindow();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.rows=reader.uint32();continue}case 2:{if(tag!==16)break;message.columns=
reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecOutput(){
return{stdout:void 0,stderr:void 0,end:void 0}}var ExecOutput={encode(message,writer=new BinaryWriter){return message.stdout!==void 0&&writer.uint32(10).bytes(message.
stdout),message.stderr!==void 0&&writer.uint32(18).bytes(message.stderr),message.end!==void 0&&ExecEnd.encode(message.end,writer.uint32(26).fork()).join(),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseExecOutput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.stdout=reader.
bytes();continue}case 2:{if(tag!==18)break;message.stderr=reader.bytes();continue}case 3:{if(tag!==26)break;message.end=ExecEnd.decode(reader,reader.uint32());continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecEnd(){return{
status:0}}var ExecEnd={encode(message,writer=new BinaryWriter){return message.status!==0&&writer.uint32(8).uint32(message.status),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseExecEnd();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.status=reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseTunnelOutput(){return{data:void 0,end:void 0}}var TunnelOutput={
encode(message,writer=new BinaryWriter){return message.data!==void 0&&writer.uint32(10).bytes(message.data),message.end!==void 0&&writer.uint32(16).bool(message.
end),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseTunnelOutput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.data=reader.
bytes();continue}case 2:{if(tag!==16)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseForwardInput(){return{start:void 0,data:void 0,end:void 0}}var ForwardInput={encode(message,writer=new BinaryWriter){
return message.start!==void 0&&ForwardStart.encode(message.start,writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),message.
end!==void 0&&writer.uint32(24).bool(message.end),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseForwardInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.start=ForwardStart.decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==
24)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseForwardStart(){return{service:"",port:0}}var ForwardStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(
10).string(message.service),message.port!==0&&writer.uint32(16).uint32(message.port),writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseForwardStart();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}case 2:{if(tag!==16)break;message.
port=reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugInput(){
return{start:void 0,data:void 0,end:void 0}}var DebugInput={encode(message,writer=new BinaryWriter){return message.start!==void 0&&DebugStart.encode(message.start,
writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),message.end!==void 0&&writer.uint32(24).bool(message.end),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseDebugInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=DebugStart.
decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==24)break;message.end=reader.bool();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugStart(){return{
service:"",break:!1}}var DebugStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),message.break!==
!1&&writer.uint32(16).bool(message.break),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDebugStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.service=reader.string();continue}case 2:{if(tag!==16)break;message.break=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCopyInput(){return{start:void 0,data:void 0,end:void 0}}
var CopyInput={encode(message,writer=new BinaryWriter){return message.start!==void 0&&CopyStart.encode(message.start,writer.uint32(10).fork()).join(),message.data!==
void 0&&writer.uint32(18).bytes(message.data),message.end!==void 0&&writer.uint32(24).bool(message.end),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCopyInput();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=CopyStart.decode(reader,reader.uint32());continue}case 2:{
if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==24)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&
7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCopyStart(){return{service:"",path:"",direction:"",follow:!1}}
var CopyStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),message.path!==""&&writer.uint32(18).
string(message.path),message.direction!==""&&writer.uint32(26).string(message.direction),message.follow!==!1&&writer.uint32(32).bool(message.follow),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseCopyStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}case 2:{
if(tag!==18)break;message.path=reader.string();continue}case 3:{if(tag!==26)break;message.direction=reader.string();continue}case 4:{if(tag!==32)break;message.follow=
reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseEndRequest(){
return{ending:""}}var EndRequest={encode(message,writer=new BinaryWriter){return message.ending!==""&&writer.uint32(10).string(message.ending),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseEndRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.ending=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseEndReply(){return{}}
var EndReply={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseEndReply();for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===
0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}},ControlService={status:{path:"/kit.control.v1.Control/St\
atus",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(StatusRequest.encode(value).finish()),requestDeserialize:value=>StatusRequest.decode(
value),responseSerialize:value=>Buffer.from(StatusReply.encode(value).finish()),responseDeserialize:value=>StatusReply.decode(value)},logs:{path:"/kit.control.v\
1.Control/Logs",requestStream:!1,responseStream:!0,requestSerialize:value=>Buffer.from(LogsRequest.encode(value).finish()),requestDeserialize:value=>LogsRequest.
decode(value),responseSerialize:value=>Buffer.from(LogLines.encode(value).finish()),responseDeserialize:value=>LogLines.decode(value)},startService:{path:"/kit.\
control.v1.Control/StartService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},stopService:{path:"\
/kit.control.v1.Control/StopService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},restartService:{path:"\
/kit.control.v1.Control/RestartService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},incidents:{path:"\
/kit.control.v1.Control/Incidents",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(IncidentsRequest.encode(value).finish()),requestDeserialize:value=>IncidentsRequest.
decode(value),responseSerialize:value=>Buffer.from(IncidentsReply.encode(value).finish()),responseDeserialize:value=>IncidentsReply.decode(value)},report:{path:"\
/kit.control.v1.Control/Report",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ReportRequest.encode(value).finish()),requestDeserialize:value=>ReportRequest.
decode(value),responseSerialize:value=>Buffer.from(ReportReply.encode(value).finish()),responseDeserialize:value=>ReportReply.decode(value)},exec:{path:"/kit.co\
ntrol.v1.Control/Exec",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(ExecInput.encode(value).finish()),requestDeserialize:value=>ExecInput.
decode(value),responseSerialize:value=>Buffer.from(ExecOutput.encode(value).finish()),responseDeserialize:value=>ExecOutput.decode(value)},missingLayers:{path:"\
/kit.control.v1.Control/MissingLayers",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(LayersRequest.encode(value).finish()),requestDeserialize:value=>LayersRequest.
decode(value),responseSerialize:value=>Buffer.from(LayersReply.encode(value).finish()),responseDeserialize:value=>LayersReply.decode(value)},pushLayer:{path:"/k\
it.control.v1.Control/PushLayer",requestStream:!0,responseStream:!1,requestSerialize:value=>Buffer.from(LayerInput.encode(value).finish()),requestDeserialize:value=>LayerInput.
decode(value),responseSerialize:value=>Buffer.from(LayerReply.encode(value).finish()),responseDeserialize:value=>LayerReply.decode(value)},forward:{path:"/kit.c\
ontrol.v1.Control/Forward",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(ForwardInput.encode(value).finish()),requestDeserialize:value=>ForwardInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},debug:{path:"/kit\
.control.v1.Control/Debug",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(DebugInput.encode(value).finish()),requestDeserialize:value=>DebugInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},copy:{path:"/kit.\
control.v1.Control/Copy",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(CopyInput.encode(value).finish()),requestDeserialize:value=>CopyInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},end:{path:"/kit.c\
ontrol.v1.Control/End",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(EndRequest.encode(value).finish()),requestDeserialize:value=>EndRequest.
decode(value),responseSerialize:value=>Buffer.from(EndReply.encode(value).finish()),responseDeserialize:value=>EndReply.decode(value)}},ControlClient=(0,import_make_client.makeClientConstructor)(
ControlService,"kit.control.v1.Control");async function*followLogs(settings){let{socket,progress,signal,say,retryMs=1e3}=settings,client=new ControlClient(`unix:${socket}`,credentials.createInsecure(),
{"grpc.initial_reconnect_backoff_ms":100,"grpc.max_reconnect_backoff_ms":1e3}),trouble="";try{for(;!signal.aborted;){let after=[...progress.sources].map(([source,
{sequence}])=>({source,sequence:BigInt(sequence)})),request={services:[],follow:!0,tail:0,sinceMs:0n,all:!0,after,logId:progress.logId},call=client.logs(request),
cancel=()=>call.cancel();signal.addEventListener("abort",cancel),call.on("error",()=>{});try{for await(let message of call)trouble!==""&&say("The supervisor ans\
wers again"),trouble="",yield message;throw new Error("it ended the call")}catch(thrown){if(signal.aborted)return;let reason=reasonOf(thrown).replace(/^\d+ [A-Z_]+: /,
"");reason!==trouble&&say(`Cannot follow the log: ${reason}; trying again`),trouble=reason}finally{signal.removeEventListener("abort",cancel),cancel()}await setTimeout2(
retryMs,null,{signal}).catch(()=>{})}}finally{client.close()}}function unacknowledged({localPort,remotePort}){if(localPort===void 0||remotePort===void 0)return;let table2=["/proc/net/tcp","/proc/net/tcp6"].map(readTable).join(
`
`);return table2.trim()===""?0:queued(table2,localPort,remotePort)}function queued(table2,localPort,remotePort){let[local,remote]=[localPort,remotePort].map(port=>port.
toString(16).toUpperCase().padStart(4,"0")),line=new RegExp(`^ *\\d+: [0-9A-F]+:${local} [0-9A-F]+:${remote} [0-9A-F]{2} ([0-9A-F]{8}):`,"gm"),sizes=[...table2.
matchAll(line)].map(([,size=""])=>Number.parseInt(size,16));return sizes.length===0?void 0:Math.max(...sizes)}function readTable(path){try{return readFileSync(path,
"latin1")}catch{return""}}var defaultTimes={group:200,first:1e3,silence:6e4},Acknowledgements=class{#connection;#times;#onAcknowledged;#first=!0;#waiting;#timer;constructor(connection,onAcknowledged,times=defaultTimes){
this.#connection=connection,this.#times=times,this.#onAcknowledged=onAcknowledged,connection.closed.addEventListener("abort",()=>clearTimeout(this.#timer))}async ready(){
await this.#waiting}wrote(){if(this.#connection.closed.aborted)return;let delay=this.#first?this.#times.first:this.#times.group;this.#timer??=setTimeout(()=>{this.
wait()},delay)}wait(){return clearTimeout(this.#timer),this.#timer=void 0,this.#waiting??=this.#poll().finally(()=>{this.#waiting=void 0}),this.#waiting}async#poll(){
let{stream,raw,closed}=this.#connection,least=Number.POSITIVE_INFINITY,since=performance.now();for(let wait=2;!closed.aborted;wait=Math.min(2*wait,100)){let left=stream.
writableLength+raw.writableLength+(unacknowledged(raw)??1);if(left===0){this.#first=!1,this.#onAcknowledged();return}left<least&&([least,since]=[left,performance.
now()]),performance.now()-since>this.#times.silence&&stream.destroy(new Error("it acknowledges nothing")),await setTimeout2(wait)}}};function frame(message){return Buffer.concat([Buffer.from(`${message.length} `),message])}var all10=process.getBuiltinModule("node:string_decoder");var StringDecoder=all10.StringDecoder;var none=Buffer.alloc(0),cutMark=" [cut]",cutEnd=Buffer.from(`${cutMark}
`);var names=["kern","user","mail","daemon","auth","syslog","lpr","news","uucp","cron","authpriv","ftp"],facilities=new Map([...names.map((name,number)=>[name,number]),
...Array.from({length:8},(_,number)=>[`local${number}`,16+number])]),severities=new Map([...["emerg","alert","crit","err","warning","notice","info","debug"].map(
(name,n)=>[name,n]),["stdout",6],["stderr",3],["kit",5]]);function priority(source,stream,facility){return(source==="kernel"?0:facility)*8+(severities.get(stream)??
6)}function syslogMessage(line,{hostname:hostname2,facility,limit,sequence}){let{timeMs,source,stream,message,pid}=line,fields=[`<${priority(source,stream,facility)}\
>1`,timestamp(Number(timeMs)),headerField(hostname2,255),headerField(source,48),pid===0?nil:String(pid),headerField(stream,32),sequence===void 0?nil:`[meta sequ\
enceId="${sequenceId(sequence)}"]`,isAscii(message)?message:`${byteOrderMark}${message}`],bytes=Buffer.from(fields.join(" "));return bytes.length<=limit?bytes:cut(
bytes,limit)}var nil="-",byteOrderMark="\uFEFF";function timestamp(ms){let time=new Date(ms),year=Number.isNaN(time.getTime())?-1:time.getUTCFullYear();return year>=
0&&year<=9999?time.toISOString():nil}function headerField(text,limit){return text.replace(/[^!-~]/g,"_").slice(0,limit)||nil}var sequenceId=sequence=>(sequence-
1)%2147483647+1,isAscii=text=>/^[\0-\x7f]*$/.test(text);function cut(bytes,limit){let head=new StringDecoder("utf8").write(bytes.subarray(0,limit-cutMark.length));
return Buffer.from(`${head}${cutMark}`)}async function sendLines(options){let{connection,settings,progress,onAcknowledged,signal,say,times}=options,{stream,closed}=connection,sent={logId:progress.logId,
sources:new Map(progress.sources)},acknowledgements=new Acknowledgements(connection,()=>{progress.begin(sent.logId);for(let[source,position]of sent.sources)progress.
set(source,position);progress.save(),onAcknowledged()},times),either=AbortSignal.any([signal,closed]);for await(let{lines,logId}of followLogs({socket:settings.socket,
progress:sent,signal:either,say})){if(logId!==""&&logId!==sent.logId&&(sent.logId=logId,sent.sources.clear()),await acknowledgements.ready(),lines.length===0||either.
aborted)continue;let room=stream.write(Buffer.concat(lines.flatMap(line=>frames(line,options))));for(let{source,sequence}of lines)sent.sources.set(source,{sequence:Number(
sequence)});acknowledgements.wrote(),room||await once(stream,"drain",{signal:either}).catch(()=>{})}if(await acknowledgements.wait(),!signal.aborted)throw closed.
reason}function frames(line,{settings,nextSequence}){let{facility,limit,sequence:numbered}=settings,lost=line.missed===1n?"1 line lost":`${line.missed} lines lo\
st`;return(line.missed===0n?[line]:[{...line,stream:"warning",message:lost},line]).map(one=>{let sequence=numbered?nextSequence():void 0;return frame(syslogMessage(
one,{hostname:hostname(),facility,limit,sequence}))})}var longestWait=6e4,closeMs=2e3;async function sendLogs(settings,{signal,say,times,retryMs=1e3}){let{server,stateDir}=settings,progress=new LogProgress(join(stateDir,
`${digest(server.name)}.json`)),sequence=0,wait=retryMs,logged="",nextSequence=()=>(sequence+=1,sequence),onAcknowledged=()=>{logged!=="sent"&&say(`Sending logs\
 to ${server.name}`),logged="sent",wait=retryMs};for(;!signal.aborted;){try{using connection=await connect3(settings,signal);let{closed}=connection;signal.addEventListener(
"abort",()=>setTimeout(()=>connection[Symbol.dispose](),closeMs).unref(),{signal:closed}),await sendLines({connection,settings,progress,signal,...{nextSequence,
onAcknowledged,say},...times&&{times}})}catch(thrown){if(signal.aborted)return;let reason=reasonFor(thrown);reason!==logged&&say(`Cannot send logs to ${server.name}\
: ${reason}; trying again`),logged=reason}await setTimeout2(wait*(.5+Math.random()/2),null,{signal}).catch(()=>{}),wait=Math.min(2*wait,longestWait)}}var digest=name=>createHash(
"sha256").update(name).digest("hex").slice(0,16);function reasonFor(thrown){let first=thrown instanceof AggregateError?thrown.errors[0]:thrown;return["ENOTFOUND",
"EAI_AGAIN"].includes(codeOf(first)??"")?"its name cannot be resolved":systemReason(first)}var guestPaths={containers:"/containers",layers:"/run/layers",layerFiles:"/run/layerfiles",moduleIndex:"/usr/lib/modules/kit-index.json",network:"/etc/kit/netwo\
rk.json",control:"/etc/kit/control.json",init:"/usr/lib/kit/init/main.mjs",supervisor:"/usr/lib/kit/supervisor/main.mjs",copy:"/usr/lib/kit/copy/main.mjs",reports:"\
/run/kit/reports",logs:"/run/log",controlSocket:"/run/kit/control.sock",readSocket:"/run/kit/read/control.sock",inspect:"/run/kit/inspect",production:"/etc/kit/\
production",containerdSocket:"/run/containerd/containerd.sock",vsock:"/dev/vsock"};var ports={"tls:":6514,"tcp:":514};function readServer(text){let url=URL.parse(text),port=url===null?void 0:ports[url.protocol];if(url===null||port===void 0||url.
hostname==="")throw invalid(text,"want tls://HOST:PORT or tcp://HOST:PORT");if(url.username!==""||url.password!=="")throw invalid("\u2026","it has a user name, \
which syslog does not support");if(!/^\/?$/.test(url.pathname)||url.search!==""||url.hash!=="")throw invalid(text,"more than a host and a port");let chosen=url.
port===""?port:Number(url.port);return{tls:url.protocol==="tls:",host:url.hostname.replace(/^\[(.*)\]$/,"$1"),port:chosen,name:`${url.protocol}//${url.hostname}\
:${chosen}`}}var invalid=(text,reason)=>new KitError(`Cannot send logs to "${text}": ${reason}`,{exitCode:2});function readSettings(args,env){let{configDir,stateDir,socket}=readArguments(table,{args,env,folder:nowhere}),values=readArguments(table,{args,env,folder:configDir}),
file=name=>values[name]!==void 0?values[name]:metadataText(`${name}.pem`,configDir)===void 0?void 0:join(configDir,`${name}.pem`);if(values.server===void 0)throw noServer(
configDir);let[cert,key]=[file("cert"),file("key")];if(cert===void 0!=(key===void 0))throw usageError("A certificate and its key (--cert, --key) go together");return{
server:readServer(values.server),ca:file("ca"),cert,key,facility:readFacility(values.facility),limit:values.maxSize,sequence:values.sequence,socket,stateDir}}var nowhere="\
/nonexistent",table={server:{type:"string",env:"SYSLOG_SERVER",metadata:"server"},ca:{type:"string",env:"SYSLOG_CA"},cert:{type:"string",env:"SYSLOG_CERT"},key:{
type:"string",env:"SYSLOG_KEY"},facility:{type:"string",env:"SYSLOG_FACILITY",metadata:"facility",default:"daemon"},maxSize:{type:"integer",min:480,max:65536,env:"\
SYSLOG_MAX_SIZE",default:8192},sequence:{type:"boolean",env:"SYSLOG_SEQUENCE"},configDir:{type:"string",default:"/run/config/syslog"},stateDir:{type:"string",default:"\
/run/syslog"},socket:{type:"string",default:guestPaths.readSocket}};function readFacility(name){let number=facilities.get(name);if(number!==void 0)return number;
throw usageError(`Unknown facility "${name}"`,`one of ${[...facilities.keys()].join(", ")}`)}var noServer=folder=>usageError("No server to send logs to",`--serv\
er tls://logs.example.org, SYSLOG_SERVER in env, or a file "server" in the machine's ${folder}`),usageError=(message,hint)=>new KitError(message,{exitCode:2,hint});await runService(({signal})=>sendLogs(readSettings(process.argv.slice(2),process.env),{signal,say:log.info}));
//# sourceMappingURL=main.mjs.map
