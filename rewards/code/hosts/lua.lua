-- The side of the program that is judged: it runs the program's file, and
-- answers calls of what the program defines, its locals among it;
-- rewards/code/wire.h says how. Nothing here is secret or trusted: whatever it
-- sends is an answer of the program's.
--
-- Lua knows no descriptors: the channel is standard input and output, in whose
-- place the program has /dev/null.

local channel_in, channel_out = io.stdin, io.stdout
local read, write, flush = channel_in.read, channel_out.write, channel_out.flush
local pack, unpack, format = string.pack, string.unpack, string.format
local sub, gmatch, char, concat = string.sub, string.gmatch, string.char, table.concat
local valid = utf8.len
local math_type, tointeger = math.type, math.tointeger
local type, next, rawget, rawset, rawlen, pcall, error = type, next, rawget, rawset, rawlen, pcall, error
local tostring, tonumber, loadfile = tostring, tonumber, loadfile
local metatable_of, local_of, info_of, hook = debug.getmetatable, debug.getlocal, debug.getinfo, debug.sethook
local unpack_list = table.unpack
local exit, stderr = os.exit, io.stderr
local globals, file = _G, arg[1]

local MAX_BYTES, MAX_NODES, MAX_DEPTH = 16 << 20, 1 << 20, 200

local function receive_bytes(count)
  local data = read(channel_in, count)
  if data == nil or #data < count then exit(0) end -- nobody listens any more
  return data
end

local function receive()
  return receive_bytes(unpack("<I4", receive_bytes(4)))
end

local function send(data)
  write(channel_out, pack("<I4", #data), data)
  flush(channel_out)
end

local function text(tag, data) return tag .. pack("<s4", data) end

local out, nodes, bytes

local function add(data)
  bytes = bytes + #data
  if bytes > MAX_BYTES then error("a value that is too large") end
  out[#out + 1] = data
end

local put

local function put_table(value, depth)
  local count = 0
  for _ in next, value do count = count + 1 end
  local list = true
  for i = 1, count do
    if rawget(value, i) == nil then list = false break end
  end
  if list then
    add("l" .. pack("<I4", count))
    for i = 1, count do put(rawget(value, i), depth + 1) end
    return
  end
  add("D" .. pack("<I4", count))
  for key, item in next, value do
    if type(key) == "table" then add("H\0\0\0\0") else put(key, depth + 1) end
    put(item, depth + 1)
  end
end

function put(value, depth)
  nodes = nodes + 1
  if nodes > MAX_NODES or depth > MAX_DEPTH then
    error("a value that is too large, too deep or a cycle")
  end
  local kind = type(value)
  if kind == "nil" then
    add("N")
  elseif kind == "boolean" then
    add(value and "T" or "F")
  elseif kind == "string" then
    add(text(valid(value) and "s" or "b", value))
  elseif kind == "table" and metatable_of(value) == nil then
    put_table(value, depth)
  elseif kind ~= "number" then
    add("H\0\0\0\0")
  elseif math_type(value) == "float" then
    add(pack("<c1d", "d", value))
  elseif value >= 0 then
    add(text("i", format("%x", value)))
  else -- the least integer has no other sign
    add(text("i", "-" .. format("%x", -value)))
  end
end

local frame, place

local function take(count)
  place = place + count
  return sub(frame, place - count, place - 1)
end

local function get()
  local tag = take(1)
  if tag == "N" then return nil end
  if tag == "T" then return true end
  if tag == "F" then return false end
  if tag == "d" then return (unpack("<d", take(8))) end
  local count = unpack("<I4", take(4))
  if tag == "s" then return take(count) end
  if tag == "i" then
    local digits = take(count)
    local negative = sub(digits, 1, 1) == "-"
    if negative then digits = sub(digits, 2) end
    local number = tonumber("0x" .. digits)
    -- Over the largest integer, as a literal is read.
    if number < 0 or #digits > 16 then number = tonumber("0x" .. digits .. ".0") end
    return negative and -number or number
  end
  local made = {}
  for i = 1, count do
    local key = i
    if tag == "D" then key = get() end
    rawset(made, key, get())
  end
  return made, count
end

-- The program's locals, as its file leaves them.
local locals, exports = {}, nil

local function load()
  local chunk, problem = loadfile(file)
  if chunk == nil then error(problem) end
  hook(function()
    if info_of(2, "f").func ~= chunk then return end
    for i = 1, 1 << 8 do
      local name, value = local_of(2, i)
      if name == nil then break end
      locals[name] = value
    end
  end, "r")
  exports = chunk()
  hook()
end

local function named(name)
  local value = rawget(locals, name)
  if value == nil then value = globals[name] end
  if value == nil and type(exports) == "table" then value = exports[name] end
  return value
end

-- With a colon where the program has a method: what takes `self`.
local function takes_self(target)
  return type(target) == "function" and local_of(target, 1) == "self"
end

local function call(target, self, values, count)
  if type(target) == "table" and type(target.new) == "function" then
    if takes_self(target.new) then return target.new(target, unpack_list(values, 1, count)) end
    return target.new(unpack_list(values, 1, count))
  end
  if takes_self(target) then return target(self, unpack_list(values, 1, count)) end
  return (target(unpack_list(values, 1, count)))
end

local function answer()
  local path = get()
  local values, count = get()
  local self, target
  for step in gmatch(path, "[^.]+") do
    local called = sub(step, -2) == "()"
    local name = called and sub(step, 1, -3) or step
    local found
    if target == nil then found = named(name) else found = target[name] end
    if found == nil then error(name .. " is not defined") end
    if called then found = call(found, target, {}, 0) end
    self, target = target, found
  end
  local result = call(target, self, values, count)
  out, nodes, bytes = {}, 0, 0
  add("v")
  put(result, 0)
  add("N")
  return concat(out)
end

local function refuse()
  send("e" .. text("s", "error") .. text("s", "") .. text("s", ""))
end

local nothing = io.open("/dev/null", "r+")
io.stdin, io.stdout = nothing, nothing
io.input(nothing)
io.output(nothing)
function print(...) for i = 1, select("#", ...) do tostring((select(i, ...))) end end

send("h")
receive()
local loaded, problem = pcall(load)
if not loaded then
  refuse()
  stderr:write(tostring(problem), "\n")
  exit(1)
end
send("l")
while true do
  frame, place = receive(), 2
  local well, reply = pcall(answer)
  if well then send(reply) else refuse() end
end
