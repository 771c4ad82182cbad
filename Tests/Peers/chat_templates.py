"""Makes Tests/Fixtures/chat-templates/renderings.json: what transformers renders of conversations.

For every template: the text of each conversation, the prompt of its last answer, or that the template
refuses it. The templates are written here in the forms that model families publish; what counts is
what they render.

    ../peers/bin/python Tests/Peers/chat_templates.py Tests/Fixtures/chat-templates
    ../peers/bin/python Tests/Peers/chat_templates.py --folder MODEL FILE

The second form renders the `messages` of each line of FILE with the template of MODEL, for comparisons
by hand with `lethe data show`.
"""

import json
import pathlib
import sys

from transformers.utils.chat_template_utils import render_jinja_template

ALTERNATE = (
    "{%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}"
    "{{ raise_exception('roles must alternate') }}{%- endif -%}"
)

TEMPLATES = {
    "chatml": {
        "text": "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + "
        "'<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}"
        "{{ '<|im_start|>assistant\\n' }}{% endif %}",
        "specials": ["<|im_start|>", "<|im_end|>"], "eos": "<|im_end|>",
    },
    "chatml-lines": {
        "text": "{# turns #}\n{% for m in messages %}\n<|im_start|>{{ m.role }}\n"
        "{{ m.content }}<|im_end|>\n{% endfor %}\n  {% if add_generation_prompt %}\n"
        "<|im_start|>assistant\n{% endif %}\n",
        "specials": ["<|im_start|>", "<|im_end|>"], "eos": "<|im_end|>",
    },
    "qwen2.5": {
        "text": "{%- if tools %}\n    {{- '<|im_start|>system\\n' }}\n"
        "    {%- for tool in tools %}\n        {{- tool | tojson }}\n    {%- endfor %}\n"
        "{%- else %}\n    {%- if messages[0]['role'] == 'system' %}\n"
        "        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}\n"
        "    {%- else %}\n        {{- '<|im_start|>system\\nYou are Q. Be kind.<|im_end|>\\n' }}\n"
        "    {%- endif %}\n{%- endif %}\n{%- for message in messages %}\n"
        "    {%- if (message.role == \"user\") or (message.role == \"system\" and not loop.first) "
        "or (message.role == \"assistant\" and not message.tool_calls) %}\n"
        "        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + "
        "'\\n' }}\n    {%- elif message.role == \"tool\" %}\n"
        "        {{- raise_exception('tools') }}\n    {%- endif %}\n{%- endfor %}\n"
        "{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n' }}\n{%- endif %}\n",
        "specials": ["<|im_start|>", "<|im_end|>"], "eos": "<|im_end|>",
    },
    "qwen3": {
        "text": "{%- if messages[0].role == 'system' %}\n"
        "    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}\n{%- endif %}\n"
        "{%- set ns = namespace(open=true, last=messages|length - 1) %}\n"
        "{%- for message in messages[::-1] %}\n"
        "    {%- set index = (messages|length - 1) - loop.index0 %}\n"
        "    {%- if ns.open and message.role == \"user\" and message.content is string and "
        "not(message.content.startswith('<tool>') and message.content.endswith('</tool>')) %}\n"
        "        {%- set ns.open = false %}\n        {%- set ns.last = index %}\n"
        "    {%- endif %}\n{%- endfor %}\n{%- for message in messages %}\n"
        "    {%- set content = message.content if message.content is string else '' %}\n"
        "    {%- if message.role == \"user\" or (message.role == \"system\" and not loop.first) %}\n"
        "        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}\n"
        "    {%- elif message.role == \"assistant\" %}\n        {%- set thought = '' %}\n"
        "        {%- if message.reasoning_content is string %}\n"
        "            {%- set thought = message.reasoning_content %}\n        {%- else %}\n"
        "            {%- if '</think>' in content %}\n"
        "                {%- set thought = content.split('</think>')[0].rstrip('\\n')"
        ".split('<think>')[-1].lstrip('\\n') %}\n"
        "                {%- set content = content.split('</think>')[-1].lstrip('\\n') %}\n"
        "            {%- endif %}\n        {%- endif %}\n"
        "        {%- if loop.index0 > ns.last %}\n"
        "            {%- if loop.last or (not loop.last and thought) %}\n"
        "                {{- '<|im_start|>' + message.role + '\\n<think>\\n' + thought.strip('\\n')"
        " + '\\n</think>\\n\\n' + content.lstrip('\\n') }}\n            {%- else %}\n"
        "                {{- '<|im_start|>' + message.role + '\\n' + content }}\n"
        "            {%- endif %}\n        {%- else %}\n"
        "            {{- '<|im_start|>' + message.role + '\\n' + content }}\n        {%- endif %}\n"
        "        {{- '<|im_end|>\\n' }}\n    {%- endif %}\n{%- endfor %}\n"
        "{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n' }}\n"
        "    {%- if enable_thinking is defined and enable_thinking is false %}\n"
        "        {{- '<think>\\n\\n</think>\\n\\n' }}\n    {%- endif %}\n{%- endif %}",
        "specials": ["<|im_start|>", "<|im_end|>"], "eos": "<|im_end|>",
    },
    "llama3": {
        "text": "{{- bos_token }}\n{%- if not date_string is defined %}\n"
        "    {%- if strftime_now is defined and false %}\n"
        "        {%- set date_string = strftime_now(\"%d %b %Y\") %}\n    {%- else %}\n"
        "        {%- set date_string = \"26 Jul 2024\" %}\n    {%- endif %}\n{%- endif %}\n"
        "{%- if messages[0]['role'] == 'system' %}\n"
        "    {%- set system_message = messages[0]['content']|trim %}\n"
        "    {%- set messages = messages[1:] %}\n{%- else %}\n    {%- set system_message = \"\" %}\n"
        "{%- endif %}\n{{- \"<|start_header_id|>system<|end_header_id|>\\n\\n\" }}\n"
        "{{- \"Today Date: \" + date_string + \"\\n\\n\" }}\n{{- system_message }}\n"
        "{{- \"<|eot_id|>\" }}\n{%- for message in messages %}\n"
        "    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in "
        "message) %}\n        {{- '<|start_header_id|>' + message['role'] + "
        "'<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}\n"
        "    {%- elif 'tool_calls' in message %}\n"
        "        {{- message.tool_calls[0].function | tojson }}\n    {%- endif %}\n{%- endfor %}\n"
        "{%- if add_generation_prompt %}\n"
        "    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}\n{%- endif %}\n",
        "specials": ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
        "bos": "<|begin_of_text|>", "eos": "<|eot_id|>",
    },
    "gemma": {
        "text": "{{ bos_token }}\n{%- if messages[0]['role'] == 'system' -%}\n"
        "    {%- if messages[0]['content'] is string -%}\n"
        "        {%- set first_user_prefix = messages[0]['content'] + '\\n\\n' -%}\n"
        "    {%- else -%}\n"
        "        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '\\n\\n' -%}\n"
        "    {%- endif -%}\n    {%- set loop_messages = messages[1:] -%}\n{%- else -%}\n"
        "    {%- set first_user_prefix = \"\" -%}\n    {%- set loop_messages = messages -%}\n"
        "{%- endif -%}\n{%- for m in loop_messages -%}\n" + ALTERNATE +
        "    {%- set role = \"model\" if m['role'] == 'assistant' else m['role'] -%}\n"
        "    {{ '<start_of_turn>' + role + '\\n' + (first_user_prefix if loop.first else \"\") }}\n"
        "    {%- if m['content'] is string -%}\n        {{ m['content'] | trim }}\n"
        "    {%- elif m['content'] is iterable -%}\n"
        "        {%- for item in m['content'] -%}{{ item['text'] | trim }}{%- endfor -%}\n"
        "    {%- else -%}\n        {{ raise_exception(\"Invalid content type\") }}\n"
        "    {%- endif -%}\n    {{ '<end_of_turn>\\n' }}\n{%- endfor -%}\n"
        "{%- if add_generation_prompt -%}\n    {{'<start_of_turn>model\\n'}}\n{%- endif -%}\n",
        "specials": ["<start_of_turn>", "<end_of_turn>"], "bos": "<bos>", "eos": "<eos>",
    },
    "gemma2": {
        "text": "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
        "{{ raise_exception('System role not supported') }}{% endif %}"
        "{% for m in messages %}" + ALTERNATE +
        "{% if (m['role'] == 'assistant') %}{% set role = 'model' %}{% else %}"
        "{% set role = m['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\\n' + "
        "m['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}"
        "{{'<start_of_turn>model\\n'}}{% endif %}",
        "specials": ["<start_of_turn>", "<end_of_turn>"], "bos": "<bos>", "eos": "<eos>",
    },
    "zephyr": {
        "text": "{% for message in messages %}\n{% if message['role'] == 'user' %}\n"
        "{{ '<|user|>\\n' + message['content'] + eos_token }}\n"
        "{% elif message['role'] == 'system' %}\n"
        "{{ '<|system|>\\n' + message['content'] + eos_token }}\n"
        "{% elif message['role'] == 'assistant' %}\n"
        "{{ '<|assistant|>\\n'  + message['content'] + eos_token }}\n{% endif %}\n"
        "{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n"
        "{% endfor %}",
        "specials": ["<s>", "</s>"], "bos": "<s>", "eos": "</s>",
    },
    "mistral-v0.1": {
        "text": "{{ bos_token }}{% for m in messages %}" + ALTERNATE +
        "{% if m['role'] == 'user' %}{{ '[INST] ' + m['content'] + ' [/INST]' }}"
        "{% elif m['role'] == 'assistant' %}{{ m['content'] + eos_token + ' ' }}"
        "{% else %}{{ raise_exception('Only user and assistant') }}{% endif %}{% endfor %}",
        "specials": ["<s>", "</s>"], "bos": "<s>", "eos": "</s>",
    },
    "mistral-v0.3": {
        "text": "{%- if messages[0][\"role\"] == \"system\" %}\n"
        "    {%- set system_message = messages[0][\"content\"] %}\n"
        "    {%- set loop_messages = messages[1:] %}\n{%- else %}\n"
        "    {%- set loop_messages = messages %}\n{%- endif %}\n"
        "{%- if not tools is defined %}\n    {%- set tools = none %}\n{%- endif %}\n"
        "{%- set user_messages = loop_messages | selectattr(\"role\", \"equalto\", \"user\") | list "
        "%}\n{%- set ns = namespace() %}\n{%- set ns.index = 0 %}\n"
        "{%- for message in loop_messages %}\n"
        "    {%- if not (message.role == \"tool\" or (message.tool_calls is defined and "
        "message.tool_calls is not none)) %}\n"
        "        {%- if (message[\"role\"] == \"user\") != (ns.index % 2 == 0) %}\n"
        "            {{- raise_exception(\"roles must alternate\") }}\n        {%- endif %}\n"
        "        {%- set ns.index = ns.index + 1 %}\n    {%- endif %}\n{%- endfor %}\n"
        "{{- bos_token }}\n{%- for message in loop_messages %}\n"
        "    {%- if message[\"role\"] == \"user\" %}\n"
        "        {%- if tools is not none and (message == user_messages[-1]) %}\n"
        "            {{- \"[AVAILABLE_TOOLS] [\" }}\n        {%- endif %}\n"
        "        {%- if loop.last and system_message is defined %}\n"
        "            {{- \"[INST] \" + system_message + \"\\n\\n\" + message[\"content\"] + "
        "\"[/INST]\" }}\n        {%- else %}\n"
        "            {{- \"[INST] \" + message[\"content\"] + \"[/INST]\" }}\n"
        "        {%- endif %}\n    {%- elif message[\"role\"] == \"assistant\" %}\n"
        "        {{- \" \" + message[\"content\"]|trim + eos_token}}\n    {%- endif %}\n"
        "{%- endfor %}\n",
        "specials": ["<s>", "</s>", "[INST]", "[/INST]"], "bos": "<s>", "eos": "</s>",
    },
    "mistral-tekken": {
        "text": "{%- if messages[0]['role'] == 'system' %}{%- set system = messages[0]['content'] "
        "%}{%- set loop_messages = messages[1:] %}{%- else %}{%- set loop_messages = messages %}"
        "{%- endif %}{%- set users = loop_messages | selectattr('role', 'equalto', 'user') | list "
        "%}{{- bos_token }}{%- for message in loop_messages %}"
        "{%- if message['role'] == 'user' %}{%- if system is defined and loop.first %}"
        "{{- '[SYSTEM_PROMPT]' + system + '[/SYSTEM_PROMPT]' }}{%- endif %}"
        "{{- '[INST]' + message['content'] + '[/INST]' }}"
        "{%- elif message['role'] == 'assistant' %}{{- message['content'] + eos_token }}"
        "{%- else %}{{- raise_exception('unknown role ' + message['role'] ~ users|length) }}"
        "{%- endif %}{%- endfor %}",
        "specials": ["<s>", "</s>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"],
        "bos": "<s>", "eos": "</s>",
    },
    "llama2": {
        "text": "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}"
        "{% set system_message = messages[0]['content'] %}{% else %}"
        "{% set loop_messages = messages %}{% set system_message = false %}{% endif %}"
        "{% for m in loop_messages %}" + ALTERNATE +
        "{% if loop.index0 == 0 and system_message != false %}"
        "{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + m['content'] %}"
        "{% else %}{% set content = m['content'] %}{% endif %}{% if m['role'] == 'user' %}"
        "{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
        "{% elif m['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}"
        "{% endif %}{% endfor %}",
        "specials": ["<s>", "</s>"], "bos": "<s>", "eos": "</s>",
    },
    "phi3": {
        "text": "{% for message in messages %}{% if message['role'] == 'system' %}"
        "{{'<|system|>\\n' + message['content'] + '<|end|>\\n'}}"
        "{% elif message['role'] == 'user' %}{{'<|user|>\\n' + message['content'] + '<|end|>\\n'}}"
        "{% elif message['role'] == 'assistant' %}"
        "{{'<|assistant|>\\n' + message['content'] + '<|end|>\\n'}}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% else %}{{ eos_token }}"
        "{% endif %}",
        "specials": ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|endoftext|>"],
        "eos": "<|endoftext|>",
    },
    "smollm3": {
        "text": "{# ─── defaults ─── #}\n{%- if enable_thinking is not defined -%}\n"
        "{%- set enable_thinking = true -%}\n{%- endif -%}\n"
        "{%- set reasoning_mode = \"/think\" if enable_thinking else \"/no_think\" -%}\n"
        "{{- \"<|im_start|>system\\n\" -}}\n{%- if messages[0].role == \"system\" -%}\n"
        "  {%- set system_message = messages[0].content -%}\n"
        "  {%- if \"/no_think\" in system_message -%}\n"
        "    {%- set reasoning_mode = \"/no_think\" -%}\n"
        "  {%- elif \"/think\" in system_message -%}\n"
        "    {%- set reasoning_mode = \"/think\" -%}\n  {%- endif -%}\n"
        "  {%- set custom = system_message.replace(\"/no_think\", \"\").replace(\"/think\", \"\")"
        ".rstrip() -%}\n{%- endif -%}\n{%- if \"/system_override\" in system_message -%}\n"
        "  {{- custom.replace(\"/system_override\", \"\").rstrip() -}}\n"
        "  {{- \"<|im_end|>\\n\" -}}\n{%- else -%}\n  {{- \"## Metadata\\n\\n\" -}}\n"
        "  {{- \"Reasoning Mode: \" + reasoning_mode + \"\\n\\n\" -}}\n"
        "  {%- if custom -%}\n    {{- custom + \"\\n\\n\" -}}\n"
        "  {%- elif reasoning_mode == \"/think\" -%}\n    {{- \"Think first.\\n\\n\" -}}\n"
        "  {%- else -%}\n    {{- \"Be brief.\\n\\n\" -}}\n  {%- endif -%}\n"
        "  {%- if xml_tools or python_tools or tools -%}\n    {{- \"### Tools\\n\\n\" -}}\n"
        "  {%- endif -%}\n  {{- \"<|im_end|>\\n\" -}}\n{%- endif -%}\n"
        "{%- for message in messages -%}\n"
        "    {%- set content = message.content if message.content is string else \"\" -%}\n"
        "    {%- if message.role == \"user\" -%}\n"
        "        {{ \"<|im_start|>\" + message.role + \"\\n\"  + content + \"<|im_end|>\\n\" }}\n"
        "    {%- elif message.role == \"assistant\" -%}\n        {% generation %}\n"
        "        {%- if reasoning_mode == \"/think\" -%}\n"
        "            {{ \"<|im_start|>assistant\\n\" + content.lstrip(\"\\n\") + \"<|im_end|>\\n\" "
        "}}\n        {%- else -%}\n"
        "            {{ \"<|im_start|>assistant\\n\" + \"<think>\\n\\n</think>\\n\" + "
        "content.lstrip(\"\\n\") + \"<|im_end|>\\n\" }}\n        {%- endif -%}\n"
        "        {% endgeneration %}\n    {%- elif message.role == \"tool\" -%}\n"
        "    {{ \"<|im_start|>\" + \"user\\n\"  + content + \"<|im_end|>\\n\" }}\n"
        "    {%- endif -%}\n{%- endfor -%}\n{%- if add_generation_prompt -%}\n"
        "    {%- if reasoning_mode == \"/think\" -%}\n"
        "        {{ \"<|im_start|>assistant\\n\" }}\n    {%- else -%}\n"
        "        {{ \"<|im_start|>assistant\\n\" + \"<think>\\n\\n</think>\\n\"  }}\n"
        "    {%- endif -%}\n{%- endif -%}\n",
        "specials": ["<|im_start|>", "<|im_end|>"], "eos": "<|im_end|>",
    },
    "olmo2": {
        "text": "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'system' %}"
        "{{ '<|system|>\\n' + message['content'] + '\\n' }}{% elif message['role'] == 'user' %}"
        "{{ '<|user|>\\n' + message['content'] + '\\n' }}"
        "{% elif message['role'] == 'assistant' %}{% if not loop.last %}"
        "{{ '<|assistant|>\\n'  + message['content'] + eos_token + '\\n' }}{% else %}"
        "{{ '<|assistant|>\\n'  + message['content'] + eos_token }}{% endif %}{% endif %}"
        "{% if loop.last and add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"
        "{% endfor %}",
        "specials": ["<|endoftext|>"], "bos": "<|endoftext|>", "eos": "<|endoftext|>",
    },
    "macro": {
        "text": "{%- macro turn(role, text, end='<|end|>') -%}\n<|{{ role }}|>{{ text | trim }}"
        "{{ end }}\n{%- endmacro -%}\n{%- set names = {'user': 'U', 'assistant': 'A', "
        "'system': 'S'} -%}\n{%- for m in messages if m.role in names -%}\n"
        "{{ turn(names[m.role], m.content) }}\n{%- endfor -%}\n"
        "{%- if add_generation_prompt -%}<|A|>{%- endif -%}",
        "specials": ["<|U|>", "<|A|>", "<|S|>", "<|end|>"], "eos": "<|end|>",
    },
    "vicuna": {
        "text": "{% set first = messages[0] %}{% if first.role == 'system' %}"
        "{{ first.content + ' ' }}{% else %}{{ 'A chat. ' }}{% endif %}"
        "{% for m in messages if m.role != 'system' %}{% if m.role == 'user' %}"
        "{{ 'USER: ' ~ m.content ~ ' ' }}{% else %}{{ 'ASSISTANT: ' ~ m.content ~ eos_token }}"
        "{% endif %}{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}",
        "specials": ["<s>", "</s>"], "bos": "<s>", "eos": "</s>",
    },
}

SYSTEM = {"role": "system", "content": "Be brief.\n"}
ONE = [{"role": "user", "content": "What is 1 + 1?"}, {"role": "assistant", "content": "2"}]
TWO = ONE + [
    {"role": "user", "content": "  And twice\nthat? "},
    {"role": "assistant", "content": " \n4, naïve\u0301 \U0001F600 "},
]
THREE = TWO + [
    {"role": "user", "content": "{{ '<|im_end|>' }} </s>"},
    {"role": "assistant", "content": "No\n\n"},
]
CONVERSATIONS = {
    "one": ONE, "system one": [SYSTEM] + ONE, "two": TWO, "system two": [SYSTEM] + TWO,
    "three": THREE, "quiet": [{"role": "system", "content": "Short. /no_think"}] + TWO,
    "two users": [ONE[0]] + TWO[2:], "late system": ONE + [SYSTEM] + TWO[2:],
}


def rendered(template, messages, **names):
    text = render_jinja_template(
        [messages], chat_template=template["text"],
        **{f"{k}_token": template[k] for k in ("bos", "eos") if k in template}, **names)[0]
    return text[0] if isinstance(text, list) else text


def case(template, messages):
    try:
        return {
            "prompt": rendered(template, messages[:-1], add_generation_prompt=True),
            "whole": rendered(template, messages),
        }
    except Exception as error:
        return {"error": str(error)}


def main():
    if sys.argv[1] == "--folder":
        from transformers import AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(sys.argv[2])
        for line in open(sys.argv[3]):
            messages = json.loads(line)["messages"]
            print(json.dumps({
                "text": tokenizer.apply_chat_template(messages, tokenize=False),
                "ids": tokenizer.apply_chat_template(messages, return_dict=False),
            }, ensure_ascii=False))
        return
    cases = {
        name: {**template, "cases": {
            title: case(template, messages) for title, messages in CONVERSATIONS.items()}}
        for name, template in TEMPLATES.items()
    }
    file = pathlib.Path(sys.argv[1]) / "renderings.json"
    file.write_text(json.dumps(
        {"conversations": CONVERSATIONS, "templates": cases}, ensure_ascii=False, indent=1) + "\n")


main()
